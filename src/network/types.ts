// The vocabulary of networks: feature maps, parameters, operations, modules, and the one interface that every operation is written against.
//
// An operation describes itself once, over `NetworkBuilder`. The training graph (with gradients), the deployable ONNX graph (batch norm
// folded) and the builder of shapes, by which parameters and multiply-accumulates are counted exactly, implement that interface.
import type { Layer } from '../contracts/architecture.ts';

/** Activation functions of networks; ReLU6 is min(max(x, 0), 6). */
export type Activation = 'relu' | 'relu6' | 'hswish' | 'hsigmoid' | 'sigmoid';

/** Added to the variance by batch norm; PyTorch's default. */
export const batchNormEpsilon = 1e-5;

/** A feature map under construction: channels and sides, without the batch. */
export interface Feature {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** An input of a module. */
export interface InputFeature extends Feature {
  /** The network's own input: it keeps its few channels unpadded, and nobody asks for its gradient. */
  readonly image?: true;
}

/** Geometry of a convolution. Padding is always dilation * (kernel - 1) / 2 on every side ("same" at stride 1). */
export interface ConvOptions {
  readonly out: number;
  readonly kernel: number;
  readonly stride?: 1 | 2;
  readonly dilation?: number;
  /** true: one filter a channel (then `out` must equal the input's channels). Otherwise dense. */
  readonly depthwise?: boolean;
}

/** How batch norm after a convolution ends: scale and shift, then the residual is added, then the activation. */
export interface BatchNormOptions {
  readonly activation?: Exclude<Activation, 'hsigmoid' | 'sigmoid'>;
}

/**
 * What an operation may be made of. Names are those of the parameters, relative to the module that is built:
 * `conv('expand')` owns `expand.weight` (and `expand.bias`), `convBn('expand')` owns `expand.weight`, `expand.bn.gamma`,
 * `expand.bn.beta`, and the running statistics `expand.bn.mean`, `expand.bn.var`.
 */
export interface NetworkBuilder<F extends Feature> {
  /** Convolution followed by batch norm (no bias), activation, and a residual added before the activation. */
  convBn(x: F, name: string, conv: ConvOptions, options?: BatchNormOptions & { readonly residual?: F }): F;
  /** Convolution alone. */
  conv(x: F, name: string, conv: ConvOptions & { readonly bias?: boolean }): F;
  activation(x: F, kind: Activation): F;
  add(a: F, b: F): F;
  /** Squeeze-excite: pool, 1x1 to `squeezed` with bias (`name.reduce`), ReLU, 1x1 back with bias (`name.expand`), hard-sigmoid, multiply. */
  squeezeExcite(x: F, name: string, squeezed: number): F;
  /** Mean over height and width: [N, C, 1, 1]. */
  globalPool(x: F): F;
  /** Each channel of x times its factor of [N, C, 1, 1]. */
  scale(x: F, factors: F): F;
  /** The greatest of the 3 x 3 around, at stride 2. */
  maxPool(x: F): F;
  /** Concatenates along the channels. */
  concat(xs: readonly F[]): F;
  /** Channels `from` up to (not including) `to`. */
  channels(x: F, from: number, to: number): F;
  /** Channel shuffle (ShuffleNet): channel c = g * (C / groups) + i moves to i * groups + g. */
  shuffle(x: F, groups: number): F;
  /** Bilinear resize, half-pixel centers, edges clamped. A [N, C, 1, 1] input is broadcast. */
  resize(x: F, height: number, width: number): F;
}

/**
 * How a parameter starts. Convolutions: normal with variance 1 / (3 fan-in), which is PyTorch's default, or 1 / fan-in (LeCun) where a bias stands
 * in place of batch norm and nothing rescales the output. Under batch norm the scale of a filter does not change its output, but it changes how fast
 * the filter turns, because the size of AdamW's steps does not depend on it. Filters by their fan-out (He et al.) are two to four times as large, and
 * learn more slowly (docs/results/training.md).
 */
export type Initialiser = 'third-fan-in' | 'lecun-fan-in' | 'zeros' | 'ones';

/** A parameter or running statistic of a module; names are relative to the module. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly init: Initialiser;
  /** false: a running statistic (batch norm's mean and variance), saved with the weights but not trained. */
  readonly trainable: boolean;
}

/** Named float32 tensors in canonical layout (convolutions [O, I, kH, kW]). Keys are `module/parameter`, such as `layers.3.mbv3_5x5/expand.weight`. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** An operation of the registry: one file in `operations/`. */
export interface Operation {
  readonly name: string;
  /** Its input reaches its output untouched (a residual, an identity half) wherever the shape is kept: no further shortcut. */
  readonly ownShortcut?: true;
  /** Ratio of the inner width to the input width, where the operation's name fixes it; a space's own expansion then does not apply. */
  readonly expansion?: number;
  /** Set where only stride 1 and equal widths will do: a space offers the operation on such layers alone. */
  readonly keepsShape?: true;
  /** Why this layer cannot be built, in words for the user, or undefined when it can. */
  check(layer: Layer): string | undefined;
  build<F extends Feature>(b: NetworkBuilder<F>, x: F, layer: Layer): F;
}

/** A part of a network that is trained and measured as one: its own inputs, parameters and outputs. */
export interface NetworkModule {
  /** Where its parameters live: `head`, `layers.0.mbv3_3x3`, `tail`. */
  readonly prefix: string;
  /** Modules with equal signatures build equal graphs, and share sessions. A signature includes the shapes of the inputs. */
  readonly signature: string;
  /** Shapes of the inputs. */
  readonly inputs: readonly InputFeature[];
  build<F extends Feature>(b: NetworkBuilder<F>, inputs: readonly F[]): F[];
}
