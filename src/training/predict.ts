// A network in evaluation form on the training graphs: running statistics, no gradients. The oracle of exported models.
import type { Backend } from '../autodiff/backend.ts';
import { toPlain } from '../autodiff/layout.ts';
import { interpolation } from '../autodiff/maps.ts';
import { withScratch } from '../autodiff/memory.ts';
import type { Parameters } from '../autodiff/parameters.ts';
import { buildForwardGraph } from '../autodiff/tape.ts';
import { moduleOutputs } from '../network/count.ts';
import { tailInputs } from '../network/modules.ts';
import type { NetworkModule } from '../network/types.ts';
import type { PathModules } from './step.ts';

export interface PredictSettings {
  readonly backend: Backend;
  readonly batch: number;
  readonly threads: number;
  readonly parameters: Parameters;
}

/**
 * Probabilities of person at the input's size.
 * @param images [N, 3, H, W] normalized
 * @returns [N, 1, H, W]
 */
export async function predict(
  settings: PredictSettings,
  path: PathModules,
  images: Float32Array,
  input: { readonly height: number; readonly width: number },
): Promise<Float32Array> {
  let x = await forward(settings, path.head, [images]);
  const outputs: Float32Array[] = [];
  for (const module of path.layers) {
    x = await forward(settings, module, [x]);
    outputs.push(x);
  }
  const stored = await forward(settings, path.tail, tailInputs(path.features, images, outputs));
  const { height, width } = moduleOutputs(path.tail)[0]!;
  const logits = toPlain(stored, settings.backend.block, settings.batch, 1, height * width);
  return upsample(logits, settings.batch, { height, width }, input).map((z) => 1 / (1 + Math.exp(-z)));
}

async function forward(
  { backend, batch, threads, parameters }: PredictSettings,
  module: NetworkModule,
  inputs: readonly Float32Array[],
): Promise<Float32Array> {
  const graph = buildForwardGraph(module, { backend, batch, mode: 'eval' });
  const session = await backend.createSession(graph, { threads });
  const feeds: Record<string, Float32Array> = {};
  for (const [i, { name }] of graph.inputs.entries()) feeds[name] = inputs[i]!;
  for (const { name } of graph.parameters) feeds[name] = parameters.get(`${module.prefix}/${name}`).data;
  const [output] = graph.outputs;
  const result = new Float32Array(output!.dims.reduce((a, b) => a * b, 1));
  try {
    const places = graph.memory.places.map((floats) => new Float32Array(floats));
    await session.run(feeds, withScratch(graph.memory, places, feeds, { [output!.name]: result }));
  } finally {
    await session.release();
  }
  return result;
}

interface Sides {
  readonly height: number;
  readonly width: number;
}

function upsample(x: Float32Array, images: number, from: Sides, to: Sides): Float32Array {
  const rows = interpolation(from.height, to.height);
  const columns = interpolation(from.width, to.width);
  const result = new Float32Array(images * to.height * to.width);
  const wide = new Float32Array(from.height * to.width);
  for (let n = 0; n < images; n++) {
    for (let r = 0; r < from.height; r++)
      for (let c = 0; c < to.width; c++) {
        let sum = 0;
        for (let k = 0; k < from.width; k++)
          sum += columns.data[c * from.width + k]! * x[(n * from.height + r) * from.width + k]!;
        wide[r * to.width + c] = sum;
      }
    for (let r = 0; r < to.height; r++)
      for (let c = 0; c < to.width; c++) {
        let sum = 0;
        for (let k = 0; k < from.height; k++) sum += rows.data[r * from.height + k]! * wide[k * to.width + c]!;
        result[(n * to.height + r) * to.width + c] = sum;
      }
  }
  return result;
}
