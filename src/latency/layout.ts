// How an operation fits its neighbors in ONNX Runtime's blocked layout: the layout is followed from its input to its output.
import { traceShapes } from '../network/shapes.ts';
import type { Feature, NetworkModule } from '../network/types.ts';

/** What the predictor needs to know of two neighbors. */
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
  const inputs = module.inputs.map((input) => ({ ...input, plain: false, isInput: true }));
  const [y] = traceShapes<Traced>(module, inputs, (step, output) => {
    const { op, given } = step;
    // Plain as soon as one input is, unless the operation decides.
    let plain = step.inputs.some((x) => x.plain);
    if (op === 'convBn') startsElementwise ||= given[3]?.residual?.isInput ?? false;
    if (op === 'activation' || op === 'add' || op === 'squeezeExcite')
      startsElementwise ||= step.inputs.some((x) => x.isInput);
    if (op === 'convBn' || op === 'conv') plain = false;
    if (op === 'channels' || op === 'shuffle') {
      startsPlain ||= given[0].isInput;
      plain = true;
    }
    return { ...output, plain, isInput: false };
  });
  return { endsPlain: y!.plain, startsPlain, startsElementwise };
}
