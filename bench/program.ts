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
   * Floats of one image that forward and backward must read or write, were each map moved as seldom as it can be: a convolution reads its input
   * forward and backward and writes its gradient, writes its output, and backward reads the gradient there and, where a norm follows, the output
   * again. A norm and an activation that one convolution reads are applied on the way, for nothing. Where others read them, they are written;
   * those of the module's outputs also cost a pass for the sums of the gradient. An inverted bottleneck moves wide maps 12 times.
   */
  readonly floats: number;
}

interface Numbered extends InputFeature {
  readonly id: number;
}

interface Traced {
  readonly step: ShapeStep<Numbered>;
  readonly output: Numbered;
}

const size = ({ channels, height, width }: Feature): number => channels * height * width;

/** Writes down what the module's `build` asks for. */
export function programOf(module: NetworkModule): Program {
  const steps: Step[] = [];
  const traced: Traced[] = [];
  const outputs = traceShapes<Numbered>(
    module,
    module.inputs.map((input, id) => ({ ...input, id })),
    (step, output) => {
      steps.push({ op: step.op, ...argumentsOf(step) });
      const id = module.inputs.length + steps.length - 1;
      traced.push({ step, output: { ...output, id } });
      return { ...output, id };
    },
  );
  const ids = outputs.map(({ id }) => id);
  const floats = traced.reduce((sum, one) => sum + transfersOf(one, traced, ids), 0);
  return { inputs: module.inputs.length, steps, outputs: ids, floats };
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
    case 'maxPool':
      return { x: given[0].id };
    case 'scale':
      return { x: given[0].id, y: given[1].id };
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
function transfersOf({ step, output }: Traced, all: readonly Traced[], outputs: readonly number[]): number {
  const { op, given, inputs } = step;
  const readers = all.filter(({ step: other }) => other.inputs.some(({ id }) => id === output.id));
  const leaves = outputs.includes(output.id);
  /** Computed where a single convolution reads it. */
  const folds = !leaves && readers.length === 1 && readers.every(({ step: reader }) => readsOnce(reader, output));
  switch (op) {
    case 'convBn': {
      const [x, , , { residual } = {}] = given;
      const written = folds && !residual ? 0 : 2 + (residual ? 1 : 0) + (leaves ? 2 : 0);
      return (x.image ? 2 : 3) * size(x) + (3 + written) * size(output);
    }
    case 'conv':
      return (given[0].image ? 2 : 3) * size(given[0]) + 2 * size(output);
    case 'activation':
      return folds ? 0 : 5 * size(output);
    case 'add':
      return 3 * size(output);
    case 'squeezeExcite':
      return 6 * size(output);
    case 'globalPool':
      return 2 * size(given[0]);
    case 'channels':
      return 4 * size(output);
    default:
      return 2 * (inputs.reduce((sum, x) => sum + size(x), 0) + size(output));
  }
}

/** Whether a step is a convolution of this value, and takes it for nothing else. */
function readsOnce({ op, given, inputs }: ShapeStep<Numbered>, { id }: Numbered): boolean {
  return (op === 'convBn' || op === 'conv') && given[0].id === id && inputs.filter((x) => x.id === id).length === 1;
}
