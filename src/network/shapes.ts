// The one shape-only builder: it computes nothing, knows the shape of every output, and tells a listener of each operation. Counting
// (count.ts), following layouts (latency/layout.ts) and writing a module down for another framework (bench/program.ts) are listeners.
import type { ConvOptions, Feature, NetworkBuilder, NetworkModule } from './types.ts';

/** An operation that a module's `build` asked for, with what it was given. */
export type ShapeStep<F extends Feature> = {
  readonly [Op in keyof NetworkBuilder<F>]: {
    readonly op: Op;
    readonly given: Parameters<NetworkBuilder<F>[Op]>;
    /** Every feature among what was given. */
    readonly inputs: readonly F[];
  };
}[keyof NetworkBuilder<F>];

const shape = (channels: number, height: number, width: number): Feature => ({ channels, height, width });

/** "Same" padding, so only the stride counts. */
const convolved = (x: Feature, { out, stride = 1 }: ConvOptions): Feature =>
  shape(out, Math.ceil(x.height / stride), Math.ceil(x.width / stride));

/** The shape of each operation's output. */
const outputs: { readonly [Op in keyof NetworkBuilder<Feature>]: NetworkBuilder<Feature>[Op] } = {
  convBn: (x, _name, conv) => convolved(x, conv),
  conv: (x, _name, conv) => convolved(x, conv),
  activation: (x) => x,
  add: (a) => a,
  squeezeExcite: (x) => x,
  globalPool: (x) => shape(x.channels, 1, 1),
  scale: (x) => x,
  maxPool: (x) => convolved(x, { out: x.channels, kernel: 3, stride: 2 }),
  concat: (xs) =>
    shape(
      xs.reduce((sum, x) => sum + x.channels, 0),
      xs[0]!.height,
      xs[0]!.width,
    ),
  channels: (x, from, to) => shape(to - from, x.height, x.width),
  shuffle: (x) => x,
  resize: (x, height, width) => shape(x.channels, height, width),
};

/**
 * Runs a module's `build` on shapes.
 * @param inputs the listener's own features for the module's inputs
 * @param listen hears of each operation, in order, and makes the listener's own feature for its output
 * @returns the outputs
 */
export function traceShapes<F extends Feature>(
  module: NetworkModule,
  inputs: readonly F[],
  listen: (step: ShapeStep<F>, output: Feature) => F,
): F[] {
  const methods = Object.entries(outputs).map(([op, outputOf]) => [
    op,
    (...given: readonly unknown[]): F => {
      const { channels, height, width } = (outputOf as (...given: readonly unknown[]) => Feature)(...given);
      const step = { op, given, inputs: featuresIn<F>(given) } as unknown as ShapeStep<F>;
      return listen(step, shape(channels, height, width));
    },
  ]);
  return module.build(Object.fromEntries(methods) as NetworkBuilder<F>, inputs);
}

/** The features among what an operation was given: by themselves, in a list, or as an option (the residual). */
function featuresIn<F extends Feature>(given: readonly unknown[]): F[] {
  return given.flatMap((one): F[] => {
    if (typeof one !== 'object' || one === null) return [];
    if ('channels' in one) return [one as F];
    return featuresIn<F>(Object.values(one));
  });
}
