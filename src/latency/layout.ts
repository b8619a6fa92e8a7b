// How an operation meets its neighbors in ONNX Runtime's blocked layout: a builder that computes nothing and follows the layout.
import type { ConvOptions, Feature, NetworkBuilder, NetworkModule } from '../network/types.ts';

/** What two neighbors have to know of each other. */
export interface LayoutEnds {
  /** Its output is in the plain layout, as after a channel shuffle. */
  readonly endsPlain: boolean;
  /** It takes its input apart in the plain layout, so a plain input saves it a reorder. */
  readonly startsPlain: boolean;
  /** It reads its input in an elementwise operator (an activation, a residual), which fuses into a convolution only in the blocked layout. */
  readonly startsElementwise: boolean;
}

interface Traced extends Feature {
  readonly plain: boolean;
  readonly isInput: boolean;
}

/** The layouts at both ends of a module with one input and one output. */
export function layoutEnds(module: NetworkModule): LayoutEnds {
  let startsPlain = false;
  let startsElementwise = false;
  const made = (feature: Feature, plain: boolean): Traced => ({
    channels: feature.channels,
    height: feature.height,
    width: feature.width,
    plain,
    isInput: false,
  });
  const elementwise = (...xs: (Traced | undefined)[]): void => {
    startsElementwise ||= xs.some((x) => x?.isInput);
  };
  const convolved = (x: Traced, { out, stride = 1 }: ConvOptions): Traced =>
    made({ channels: out, height: Math.ceil(x.height / stride), width: Math.ceil(x.width / stride) }, false);
  const takenApart = (x: Traced, channels: number): Traced => {
    startsPlain ||= x.isInput;
    return made({ ...x, channels }, true);
  };
  const builder: NetworkBuilder<Traced> = {
    convBn(x, _name, conv, options) {
      elementwise(options?.residual);
      return convolved(x, conv);
    },
    conv: (x, _name, conv) => convolved(x, conv),
    activation(x) {
      elementwise(x);
      return made(x, x.plain);
    },
    add(a, b) {
      elementwise(a, b);
      return made(a, a.plain || b.plain);
    },
    squeezeExcite(x) {
      elementwise(x);
      return made(x, x.plain);
    },
    globalPool: (x) => made({ ...x, height: 1, width: 1 }, x.plain),
    concat: (xs) =>
      made(
        { ...xs[0]!, channels: xs.reduce((sum, x) => sum + x.channels, 0) },
        xs.some((x) => x.plain),
      ),
    channels: (x, from, to) => takenApart(x, to - from),
    shuffle: (x) => takenApart(x, x.channels),
    resize: (x, height, width) => made({ ...x, height, width }, x.plain),
  };
  const [y] = module.build(
    builder,
    module.inputs.map((input) => ({ ...input, plain: false, isInput: true })),
  );
  return { endsPlain: y!.plain, startsPlain, startsElementwise };
}
