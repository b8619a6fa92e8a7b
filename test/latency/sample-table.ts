// A table with invented but plausible figures, for tests that measure nothing.
import type { LatencyTable } from '../../src/latency/table.ts';
import { moduleCost } from '../../src/network/count.ts';
import { type InputSize, spaceModules } from '../../src/network/modules.ts';
import type { Space } from '../../src/network/space.ts';
import type { Hardware } from '../../src/runtime/hardware-schema.ts';

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
  const modules = spaceModules(space, input);
  const samples = (ms: number) => ({ count: 10, minMs: ms, medianMs: ms, steadyMs: ms, spread: 0.02 });
  const entries = new Map<string, LatencyTable['entries'][number]>();
  modules.layers.forEach((candidates, layer) => {
    candidates.forEach((module, candidate) => {
      const { height, width } = module.inputs[0]!;
      const latencyMs = 0.01 + moduleCost(module).macs / 25e6;
      const { signature } = module;
      entries.set(signature, {
        signature,
        ...space.layers[layer]![candidate]!,
        height,
        width,
        latencyMs,
        ...samples(latencyMs + 0.05),
      });
    });
  });
  return {
    schema: 'proxyless-ci/latency-table@1',
    hardware: sampleHardware,
    threads: 2,
    input: { height: input.height, width: input.width },
    batch: 1,
    space: { name: space.name, definitions: '0123456789abcdef' },
    drift: { referenceMs: 0.5, spread: 0.02 },
    frames: [{ channels: 32, height: 40, width: 40, ...samples(0.05) }],
    fixed: [
      { part: 'head', signature: modules.head.signature, latencyMs: 0.1, ...samples(0.1) },
      { part: 'tail', signature: modules.tail.signature, latencyMs: 0.4, ...samples(0.4) },
    ],
    entries: [...entries.values()],
  };
}
