// Binary cross-entropy plus Dice on logits resized to the mask's size, with the gradient back to the small logits: one session.

import { type Backend, plainBackend } from '../autodiff/backend.ts';
import { interpolation, transposed } from '../autodiff/maps.ts';
import { traceGraph, withScratch } from '../autodiff/memory.ts';
import { dimsOf } from '../autodiff/primitives.ts';
import { finishGraph, type RunnableGraph } from '../autodiff/runnable.ts';
import { createGraph, type OnnxGraph } from '../graph/onnx.ts';
import type { Value } from '../graph/values.ts';

export interface LossShape {
  readonly backend: Backend;
  readonly batch: number;
  /** Sides of the logits and of the mask. */
  readonly logits: { readonly height: number; readonly width: number };
  readonly mask: { readonly height: number; readonly width: number };
}

/** Ports of the loss graph: inputs logits (storage layout), targets and weights [N, 1, H, W]; outputs loss [], gradient and probabilities [N, 1, H, W]. */
export interface LossGraph extends RunnableGraph {
  readonly loss: string;
  readonly gradient: string;
  readonly probabilities: string;
  readonly logitsDims: readonly number[];
  readonly maskDims: readonly number[];
}

/** What a pixel at a boundary counts more in the cross-entropy than one inside (docs/results/training.md). */
const boundaryWeight = 4;
/** Side of the window in which targets have to differ, in pixels of the mask. */
const boundaryWindow = 5;

/**
 * loss = sum v (softplus(z) - t z) / max(sum v, 1)  +  mean over images of 1 - (2 sum w p t + 1) / (sum w p + sum w t + 1),
 * z the logits resized bilinearly, p = sigmoid(z), t the target (0 to 1), w the weight (0 where a pixel is to be ignored),
 * v = w (1 + 4 (greatest - least t of the labeled pixels among the 5 x 5 around)): the morphological gradient finds the boundaries.
 * Dice as in Milletari et al. 2016 with unsquared sums, smoothed by one pixel.
 */
export function buildLossGraph({ backend, batch, logits, mask }: LossShape): LossGraph {
  const g = traceGraph(createGraph('loss'));
  const stored = backend.primitives(g);
  const plain = plainBackend.primitives(g);
  const logitsDims = [batch, stored.padded(1), logits.height, logits.width];
  const maskDims = [batch, 1, mask.height, mask.width];
  const x = g.input('logits', logitsDims);
  const t = g.input('targets', maskDims);
  const w = g.input('weights', maskDims);
  const op = (name: string, ...inputs: Value[]): Value => g.node(name, inputs);
  const perImage = (v: Value): Value => g.node('ReduceSum', [v, g.ints([1, 2, 3])], { keepdims: 1 });
  const total = (v: Value): Value => g.node('ReduceSum', [v, g.ints([0, 1, 2, 3])], { keepdims: 0 });
  const rows = interpolation(logits.height, mask.height);
  const columns = interpolation(logits.width, mask.width);

  const z = plain.spatialMap(stored.toPlain(x, 1), rows, columns);
  const p = op('Sigmoid', z);
  const wp = op('Mul', w, p);
  const wt = op('Mul', w, t);
  const v = op('Mul', w, boundaryFactor(g, w, wt));
  const weightSum = op('Max', total(v), g.scalar(1));
  // softplus(z) = max(z, 0) - log(sigmoid(|z|)), and sigmoid(|z|) = |p - 1/2| + 1/2: ten times as fast as the Softplus operator.
  const certainty = op('Add', op('Abs', op('Sub', p, g.scalar(0.5))), g.scalar(0.5));
  const softplus = op('Sub', op('Relu', z), op('Log', certainty));
  const crossEntropy = op('Div', total(op('Mul', v, op('Sub', softplus, op('Mul', t, z)))), weightSum);
  const overlap = op('Add', op('Mul', perImage(op('Mul', wp, t)), g.scalar(2)), g.scalar(1));
  const size = op('Add', op('Add', perImage(wp), perImage(wt)), g.scalar(1));
  const ratio = op('Div', overlap, size);
  const dice = op('Sub', g.scalar(1), op('Mul', total(ratio), g.scalar(1 / batch)));
  const loss = op('Add', crossEntropy, dice);
  g.output(loss);

  // d dice / dp = w (ratio - 2 t) / size / N; dp / dz = p (1 - p).
  const fromDice = op(
    'Mul',
    op('Div', op('Sub', op('Mul', w, ratio), op('Mul', wt, g.scalar(2))), size),
    g.scalar(1 / batch),
  );
  const slope = op('Mul', p, op('Sub', g.scalar(1), p));
  const fromEntropy = op('Div', op('Mul', v, op('Sub', p, t)), weightSum);
  const dz = op('Add', op('Mul', fromDice, slope), fromEntropy);
  const gradient = stored.fromPlain(plain.spatialMap(dz, transposed(rows), transposed(columns)));
  if (dimsOf(gradient)[1] !== logitsDims[1]) throw new Error('the loss gradient lost its layout');
  g.output(gradient);
  g.output(p);
  const names = { loss: loss.name, gradient: gradient.name, probabilities: p.name };
  return { ...finishGraph(g, backend), ...names, logitsDims, maskDims };
}

/** 1 + 4 (greatest - least target of the 5 x 5 around), [N, 1, H, W]. Pixels of weight 0 are left out: as a greatest one they count 0, as a least one 1. */
function boundaryFactor(g: OnnxGraph, w: Value, wt: Value): Value {
  const least = g.node('Sub', [g.node('Sub', [w, g.scalar(1)]), wt]);
  const both = g.node('Concat', [wt, least], { axis: 1 });
  const reach = (boundaryWindow - 1) / 2;
  // Rows, then columns: 10 comparisons a pixel, not 25.
  const rows = g.node('MaxPool', [both], { kernel_shape: [boundaryWindow, 1], pads: [reach, 0, reach, 0] });
  const greatest = g.node('MaxPool', [rows], { kernel_shape: [1, boundaryWindow], pads: [0, reach, 0, reach] });
  const range = g.node('Relu', [g.node('ReduceSum', [greatest, g.ints([1])], { keepdims: 1 })]);
  return g.node('Add', [g.node('Mul', [range, g.scalar(boundaryWeight)]), g.scalar(1)]);
}

export interface Loss {
  /** Returns the loss, and writes its gradient with respect to the logits into `gradient` (storage layout). */
  evaluate(
    logits: Float32Array,
    targets: Float32Array,
    pixelWeights: Float32Array,
    gradient: Float32Array,
  ): Promise<number>;
  readonly gradientDims: readonly number[];
  /** Probabilities of the pixels in the last evaluation, [N, 1, H, W]; the next evaluation overwrites them. */
  readonly probabilities: Float32Array;
  close(): Promise<void>;
}

export async function createLoss(shape: LossShape, threads: number): Promise<Loss> {
  const graph = buildLossGraph(shape);
  const session = await shape.backend.createSession(graph, { threads });
  const value = new Float32Array(1);
  const places = graph.memory.places.map((floats) => new Float32Array(floats));
  const probabilities = new Float32Array(graph.maskDims.reduce((a, b) => a * b, 1));
  return {
    gradientDims: graph.logitsDims,
    probabilities,
    async evaluate(logits, targets, pixelWeights, gradient) {
      const feeds = { logits, targets, weights: pixelWeights };
      const fetches = { [graph.loss]: value, [graph.gradient]: gradient, [graph.probabilities]: probabilities };
      await session.run(feeds, withScratch(graph.memory, places, feeds, fetches));
      return value[0]!;
    },
    close: () => session.release(),
  };
}
