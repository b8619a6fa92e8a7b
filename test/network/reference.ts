// Networks on one image in float64, batch norm unfolded: the oracle that deployed graphs are compared with.

import { createRandom } from '../../src/lib/random.ts';
import { moduleParameters, sizeOf } from '../../src/network/count.ts';
import type { Feature, NetworkModule, Weights } from '../../src/network/types.ts';
import { type Map64, referenceBuilder } from '../autodiff/oracle/reference-builder.ts';

/** One image's feature map: data is [channels, height, width]. */
export type Tensor = Map64;

export function makeTensor({ channels, height, width }: Feature, value: (i: number) => number): Tensor {
  const data = Float64Array.from({ length: channels * height * width }, (_, i) => value(i));
  return { batch: 1, channels, height, width, data };
}

/** Runs a module on one image, with the running statistics. */
export function evaluate(module: NetworkModule, weights: Weights, inputs: readonly Tensor[]): Tensor[] {
  const parameter = (name: string): Float32Array => {
    const data = weights.get(`${module.prefix}/${name}`);
    if (!data) throw new Error(`no weight ${module.prefix}/${name}`);
    return data;
  };
  return module.build(
    referenceBuilder(parameter, () => {}, 'running'),
    inputs,
  );
}

/** Weights as training leaves them: no parameter and no running statistic at its start, variances positive. */
export function trainedWeights(modules: readonly NetworkModule[], seed: number): Map<string, Float32Array> {
  const draw = (name: string, fanIn: number, random: () => number): number => {
    if (name.endsWith('.var')) return 0.3 + random() ** 2;
    if (name.endsWith('.gamma')) return 1 + 0.3 * random();
    return name.endsWith('.weight') ? random() / Math.sqrt(fanIn) : 0.5 * random();
  };
  return new Map(
    modules.flatMap((module) =>
      moduleParameters(module).map((spec) => {
        const random = createRandom(seed, module.prefix, spec.name);
        const fanIn = sizeOf(spec) / spec.shape[0]!;
        const data = Float32Array.from({ length: sizeOf(spec) }, () => draw(spec.name, fanIn, random.normal));
        return [`${module.prefix}/${spec.name}`, data] as const;
      }),
    ),
  );
}
