// A table with invented but plausible figures, for tests that measure nothing.

import type { Hardware } from '../../src/contracts/hardware.ts';
import type { LatencyTable } from '../../src/contracts/latency-table.ts';
import { describeEntry, planTable } from '../../src/latency/plan.ts';
import { summarizeRounds } from '../../src/latency/rounds.ts';
import { finishTable } from '../../src/latency/table.ts';
import { moduleCost } from '../../src/network/count.ts';
import type { InputSize } from '../../src/network/modules.ts';
import type { Space } from '../../src/network/space.ts';

export const sampleHardware: Hardware = {
  key: '0123456789ab',
  cpu: { vendor: 'Intel', model: 'Example CPU', family: '6', modelNumber: '85', stepping: '7' },
  isa: ['avx', 'avx2', 'fma'],
  cores: { physical: 2, logical: 2, available: 2 },
  caches: 'L1d: 32K, L2: 1024K',
  os: 'linux',
  osRelease: '6.1',
  arch: 'x64',
  virtual: true,
  nodeVersion: 'v20.19.0',
  onnxRuntimeVersion: '1.30.0',
  threads: 2,
};

/** Every entry costs 10 us and its multiply-accumulates at 50 GFLOP/s. */
export function sampleTable(space: Space, input: InputSize): LatencyTable {
  const plan = planTable(space, input);
  const frameMs = 0.05;
  const measured = (ms: number) => {
    const figures = summarizeRounds(Array.from({ length: 10 }, () => ms));
    return { ...figures, settled: true, roundsMs: Array.from({ length: 10 }, () => ms) };
  };
  return finishTable({
    schema: 'proxyless-ci/latency-table@2',
    hardware: sampleHardware,
    threads: 2,
    input: { height: input.height, width: input.width },
    space: {
      name: space.name,
      definitions: '0123456789abcdef',
      macro: space.macro,
      layers: plan.layers.map((layer) => [...layer]),
    },
    drift: { referenceMs: 0.5, spread: 0.02 },
    frames: [...plan.frames.values()].map((feature) => ({ ...feature, ...measured(frameMs) })),
    fixed: [
      { part: 'head', signature: plan.head.signature, batch: 1, ...measured(0.1) },
      { part: 'tail', signature: plan.tail.signature, batch: 1, ...measured(0.4) },
    ],
    entries: [...plan.entries].map(([signature, entry]) => ({
      signature,
      ...describeEntry(entry),
      ...measured(frameMs + 0.01 + moduleCost(entry.module).macs / 25e6),
    })),
  });
}
