// A module as a list of plain steps, for a peer that builds the same network in another framework.

import { isImage } from '../src/autodiff/recording.ts';
import type { ConvOptions, Feature, NetworkBuilder, NetworkModule } from '../src/network/types.ts';

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

interface Numbered extends Feature {
  readonly id: number;
}

/** Writes down what the module's `build` asks for. */
export function programOf(module: NetworkModule): Program {
  const steps: Step[] = [];
  let made = module.inputs.length;
  let floats = 0;
  const size = ({ channels, height, width }: Feature): number => channels * height * width;
  const add = (step: Step, { channels, height, width }: Feature, transfers: number): Numbered => {
    steps.push(step);
    floats += transfers;
    return { id: made++, channels, height, width };
  };
  const convolution = (x: Numbered, o: ConvOptions) => ({
    x: x.id,
    in: x.channels,
    out: o.out,
    kernel: o.kernel,
    stride: o.stride ?? 1,
    dilation: o.dilation ?? 1,
    groups: o.depthwise ? x.channels : 1,
  });
  const convolved = (x: Numbered, o: ConvOptions): Feature => ({
    channels: o.out,
    height: Math.ceil(x.height / (o.stride ?? 1)),
    width: Math.ceil(x.width / (o.stride ?? 1)),
  });
  const builder: NetworkBuilder<Numbered> = {
    convBn(x, _, o, end = {}) {
      const out = convolved(x, o);
      const folds = o.kernel === 1 && (o.stride ?? 1) === 1 && o.out >= 2 * x.channels;
      const passes = 3 + 2 + (end.activation ? 3 : 0) + (folds ? 0 : 3) + (end.residual ? 1 : 0);
      const step = { op: 'convBn', ...convolution(x, o), activation: end.activation, residual: end.residual?.id };
      return add(step, out, (isImage(x) ? 2 : 3) * size(x) + passes * size(out));
    },
    conv(x, _, o) {
      const out = convolved(x, o);
      return add({ op: 'conv', ...convolution(x, o), bias: o.bias ?? false }, out, 3 * size(x) + 3 * size(out));
    },
    activation: (x, kind) => add({ op: 'activation', x: x.id, kind }, x, 5 * size(x)),
    add: (a, b) => add({ op: 'add', x: a.id, y: b.id }, a, 3 * size(a)),
    squeezeExcite: (x, _, squeezed) =>
      add({ op: 'squeezeExcite', x: x.id, channels: x.channels, squeezed }, x, 7 * size(x)),
    globalPool: (x) => add({ op: 'globalPool', x: x.id }, { ...x, height: 1, width: 1 }, 2 * size(x)),
    resize: (x, height, width) =>
      add(
        { op: 'resize', x: x.id, height, width },
        { ...x, height, width },
        2 * (size(x) + x.channels * height * width),
      ),
    concat(xs) {
      const out = { ...xs[0]!, channels: xs.reduce((sum, x) => sum + x.channels, 0) };
      return add({ op: 'concat', xs: xs.map((x) => x.id) }, out, 4 * size(out));
    },
    channels: (x, from, to) =>
      add(
        { op: 'channels', x: x.id, from, to },
        { ...x, channels: to - from },
        (4 * size(x) * (to - from)) / x.channels,
      ),
    shuffle: (x, groups) => add({ op: 'shuffle', x: x.id, groups }, x, 4 * size(x)),
  };
  const outputs = module.build(
    builder,
    module.inputs.map((input, id) => ({ ...input, id })),
  );
  return { inputs: module.inputs.length, steps, outputs: outputs.map(({ id }) => id), floats };
}
