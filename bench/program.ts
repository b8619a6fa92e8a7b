// A module as a list of plain steps, for a peer that builds the same network in another framework.

import { type ShapeStep, traceShapes } from '../src/network/shapes.ts';
import type { ConvOptions, Feature, InputFeature, NetworkModule } from '../src/network/types.ts';

/** One operation; `x`, `xs`, `residual` and so on are indices of earlier values: the inputs first, then one a step. */
export type Step = Readonly<Record<string, unknown>> & { readonly op: string };

export interface Program {
  readonly inputs: number;
  readonly steps: readonly Step[];
  readonly outputs: readonly number[];
  /**
   * Floats of one image that forward and backward must read or write, were each operator one pass and all statistics free: a convolution
   * reads its input twice and writes the gradient of it once, writes its output once and reads the gradient of it twice; batch norm is
   * applied in 2 passes and undone in 3 (0 where it folds into a widening pointwise convolution), an activation undone in 3.
   */
  readonly floats: number;
}

interface Numbered extends InputFeature {
  readonly id: number;
}

const size = ({ channels, height, width }: Feature): number => channels * height * width;

/** Writes down what the module's `build` asks for. */
export function programOf(module: NetworkModule): Program {
  const steps: Step[] = [];
  let floats = 0;
  const outputs = traceShapes<Numbered>(
    module,
    module.inputs.map((input, id) => ({ ...input, id })),
    (step, output) => {
      steps.push({ op: step.op, ...argumentsOf(step) });
      floats += transfersOf(step, output);
      return { ...output, id: module.inputs.length + steps.length - 1 };
    },
  );
  return { inputs: module.inputs.length, steps, outputs: outputs.map(({ id }) => id), floats };
}

/** What the peer needs to know of a step beside its name. */
function argumentsOf({ op, given, inputs }: ShapeStep<Numbered>): Omit<Step, 'op'> {
  const convolution = (x: Numbered, o: ConvOptions) => ({
    x: x.id,
    in: x.channels,
    out: o.out,
    kernel: o.kernel,
    stride: o.stride ?? 1,
    dilation: o.dilation ?? 1,
    groups: o.depthwise ? x.channels : 1,
  });
  switch (op) {
    case 'convBn': {
      const { activation, residual } = given[3] ?? {};
      return { ...convolution(given[0], given[2]), activation, residual: residual?.id };
    }
    case 'conv':
      return { ...convolution(given[0], given[2]), bias: given[2].bias ?? false };
    case 'activation':
      return { x: given[0].id, kind: given[1] };
    case 'add':
      return { x: given[0].id, y: given[1].id };
    case 'squeezeExcite':
      return { x: given[0].id, channels: given[0].channels, squeezed: given[2] };
    case 'globalPool':
      return { x: given[0].id };
    case 'resize':
      return { x: given[0].id, height: given[1], width: given[2] };
    case 'channels':
      return { x: given[0].id, from: given[1], to: given[2] };
    case 'shuffle':
      return { x: given[0].id, groups: given[1] };
    default:
      return { xs: inputs.map((x) => x.id) };
  }
}

/** The step's part of `Program.floats`; by default its inputs and its output are moved once each way. */
function transfersOf({ op, given, inputs }: ShapeStep<Numbered>, output: Feature): number {
  switch (op) {
    case 'convBn': {
      const [x, , o, end = {}] = given;
      const folds = o.kernel === 1 && (o.stride ?? 1) === 1 && o.out >= 2 * x.channels;
      const passes = 3 + 2 + (end.activation ? 3 : 0) + (folds ? 0 : 3) + (end.residual ? 1 : 0);
      return (x.image ? 2 : 3) * size(x) + passes * size(output);
    }
    case 'conv':
      return 3 * size(given[0]) + 3 * size(output);
    case 'activation':
      return 5 * size(output);
    case 'add':
      return 3 * size(output);
    case 'squeezeExcite':
      return 7 * size(output);
    case 'globalPool':
      return 2 * size(given[0]);
    case 'channels':
      return 4 * size(output);
    default:
      return 2 * (inputs.reduce((sum, x) => sum + size(x), 0) + size(output));
  }
}
