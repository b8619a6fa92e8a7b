import { describe, expect, it } from 'vitest';
import { HardwareSchema } from '../../src/contracts/hardware.ts';
import { checkThreads, describeHardware, hardwareKey } from '../../src/runtime/hardware.ts';

const here = await describeHardware(1);

describe('describeHardware', () => {
  it('describes this machine the same way twice', async () => {
    expect(HardwareSchema.parse(here)).toEqual(await describeHardware(1));
    expect(here.cpu.model).not.toBe('');
    expect(here.key).toMatch(/^[0-9a-f]{12}$/);
  });

  it('refuses more threads than the process has cores, and says how many there are', async () => {
    const { available } = here.cores;
    await expect(describeHardware(available + 1)).rejects.toThrow(
      `${available + 1} were requested, but this process may use ${available} core`,
    );
    expect(() => checkThreads(0, 4)).toThrow('whole number');
  });
});

describe('hardwareKey', () => {
  it('outlives reboots and updates of the kernel and of Node', () => {
    expect(hardwareKey({ ...here, osRelease: '99.1', nodeVersion: 'v24.0.0', isa: [...here.isa].reverse() })).toBe(
      here.key,
    );
  });

  it('changes with the processor, its instruction sets, the runtime version, the cores and the threads', () => {
    const others = [
      { ...here, cpu: { ...here.cpu, stepping: 'other' } },
      { ...here, isa: [...here.isa, 'amx_bf16'] },
      { ...here, onnxRuntimeVersion: '0.0.0' },
      { ...here, cores: { ...here.cores, available: here.cores.available + 1 } },
      { ...here, threads: here.threads + 1 },
    ].map(hardwareKey);
    expect(new Set([here.key, ...others]).size).toBe(6);
  });
});
