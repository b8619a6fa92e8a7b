// What a latency depends on: the processor as ONNX Runtime sees it, the cores this process may use, the runtime, the threads.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { availableParallelism, arch as osArch, release } from 'node:os';
import { env } from 'onnxruntime-node';
import si from 'systeminformation';
import type { Hardware } from '../contracts/hardware.ts';
import { UserError } from '../lib/errors.ts';

/** Flags that ONNX Runtime's kernels (MLAS) choose by on x86 and Arm. */
const relevantFlags = [
  'sse4_1',
  'sse4_2',
  'avx',
  'f16c',
  'fma',
  'avx2',
  'avx_vnni',
  'avx512f',
  'avx512bw',
  'avx512dq',
  'avx512vl',
  'avx512_vnni',
  'avx512_bf16',
  'avx512_fp16',
  'amx_tile',
  'amx_int8',
  'amx_bf16',
  'asimd',
  'asimddp',
  'asimdhp',
  'sve',
  'i8mm',
  'bf16',
];

/**
 * Describes this machine for `threads` threads of ONNX Runtime.
 * @throws UserError when the process may not use that many cores
 */
export async function describeHardware(threads: number): Promise<Hardware> {
  const available = await coresAvailable();
  checkThreads(threads, available);
  const [cpu, cpuinfo, caches] = await Promise.all([si.cpu(), readText('/proc/cpuinfo'), cacheSizes()]);
  const flags = cpu.flags.split(/\s+/);
  const facts = {
    cpu: {
      vendor: cpu.vendor,
      // The library removes the vendor's name from the model's; the operating system's own line is what people look for.
      model: /^model name\s*:\s*(.*)$/m.exec(cpuinfo)?.[1] ?? `${cpu.manufacturer} ${cpu.brand}`.trim(),
      family: cpu.family,
      modelNumber: cpu.model,
      stepping: cpu.stepping,
    },
    isa: relevantFlags.filter((flag) => flags.includes(flag)),
    cores: { physical: Math.max(1, cpu.physicalCores), logical: Math.max(1, cpu.cores), available },
    caches,
    os: process.platform,
    osRelease: release(),
    arch: osArch(),
    virtual: flags.includes('hypervisor'),
    nodeVersion: process.version,
    onnxRuntimeVersion: env.versions.node ?? env.versions.common,
    threads,
  };
  return { key: hardwareKey(facts), ...facts };
}

/**
 * A short key for caches and file names. It holds the processor, its instruction sets and caches, the cores available, system, architecture,
 * ONNX Runtime's version and the threads. It leaves out the versions of the operating system's kernel and of Node, and clock rates, so that neither a
 * reboot nor an update of those makes a table stale.
 */
export function hardwareKey(facts: Omit<Hardware, 'key'>): string {
  const { cpu, isa, cores, caches, os, arch, virtual, onnxRuntimeVersion, threads } = facts;
  const parts = [
    [cpu.vendor, cpu.model, cpu.family, cpu.modelNumber, cpu.stepping],
    [...isa].sort(),
    [cores.physical, cores.logical, cores.available],
    [caches, os, arch, virtual, onnxRuntimeVersion, threads],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/**
 * Checks that `threads` threads have a core each.
 * @throws UserError otherwise
 */
export function checkThreads(threads: number, available: number): void {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new UserError(`threads: ${threads} is not a whole number of at least 1`);
  }
  if (threads > available) {
    throw new UserError(
      `threads: ${threads} were requested, but this process may use ${available} core${available === 1 ? '' : 's'}; ` +
        `use at most ${available} threads, or give the process more cores`,
    );
  }
}

/** Cores that affinity and the control group's quota leave to this process (Node before 22 knows affinity only). */
export async function coresAvailable(): Promise<number> {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(await groupQuota())));
}

/** The tightest CPU quota of this process' control groups, in cores. */
async function groupQuota(): Promise<number> {
  const path = /^0::(.*)$/m.exec(await readText('/proc/self/cgroup'))?.[1] ?? '/';
  const folders = path.split('/').filter(Boolean);
  const files = folders.map((_, i) => `/sys/fs/cgroup/${folders.slice(0, i + 1).join('/')}/cpu.max`);
  const texts = await Promise.all(['/sys/fs/cgroup/cpu.max', ...files].map(readText));
  const [quota1, period1] = await Promise.all(
    ['quota', 'period'].map((name) => readText(`/sys/fs/cgroup/cpu/cpu.cfs_${name}_us`)),
  );
  return Math.min(...texts.map(quotaOf), quotaOf(`${quota1} ${period1}`));
}

/** Cores from "quota period" in microseconds; no limit where the quota is "max", -1 or missing. */
function quotaOf(text: string): number {
  const [quota, period] = text.trim().split(/\s+/).map(Number);
  return quota !== undefined && period !== undefined && quota > 0 && period > 0
    ? Math.max(1, quota / period)
    : Number.POSITIVE_INFINITY;
}

async function cacheSizes(): Promise<string> {
  const folder = '/sys/devices/system/cpu/cpu0/cache';
  const levels = await Promise.all(
    [0, 1, 2, 3].map(async (index) => {
      const read = async (name: string) => (await readText(`${folder}/index${index}/${name}`)).trim();
      const [level, type, size] = await Promise.all([read('level'), read('type'), read('size')]);
      if (!level || type === 'Instruction') return '';
      return `L${level}${type === 'Data' ? 'd' : ''}: ${size}`;
    }),
  );
  return levels.filter(Boolean).join(', ');
}

/** A file's text, empty where there is none: /proc and /sys exist on Linux only. */
const readText = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
