// Whole subnets as exported models, measured against each other: what the predictor is calibrated on and checked with.
import { architectureCost } from '../network/count.ts';
import { deployArchitecture, randomWeights } from '../network/deploy.ts';
import { type InputSize, networkModules } from '../network/modules.ts';
import { architectureOf, type Space } from '../network/space.ts';
import type { TimedModel } from './image-model.ts';
import { type Drift, type ModelLatency, type ModelSettings, measureModels } from './models.ts';
import type { MeasuredSubnet } from './predictor.ts';
import type { Path } from './types.ts';

export interface SubnetSettings extends InputSize, ModelSettings {
  /** Other models to measure in the same rounds. */
  readonly others?: readonly TimedModel[];
}

/**
 * Measures paths of a space as exported networks with random weights, all in the same interleaved rounds.
 * @returns latency in milliseconds and multiply-accumulates, in the order of the paths
 */
export async function measureSubnets(
  space: Space,
  paths: readonly Path[],
  settings: SubnetSettings,
): Promise<{
  readonly subnets: Required<MeasuredSubnet>[];
  readonly others: ModelLatency[];
  readonly drift: Drift;
}> {
  const { height, width, others = [], ...rest } = settings;
  const architectures = paths.map((path, i) => architectureOf(space, path, `subnet ${i}`));
  const models = architectures.map((architecture) => {
    const { head, layers, tail } = networkModules(architecture, { height, width });
    const weights = randomWeights([head, ...layers, tail], 0);
    return {
      name: architecture.name,
      bytes: deployArchitecture(architecture, weights, { height, width }),
      height,
      width,
    };
  });
  const { latencies, drift } = await measureModels([...models, ...others], rest);
  const subnets = paths.map((path, i) => ({
    path,
    latencyMs: latencies[i]!.p10Ms,
    errorMs: latencies[i]!.samples.errorMs,
    macs: architectureCost(architectures[i]!, { height, width }).macs,
  }));
  return { subnets, others: latencies.slice(paths.length), drift };
}
