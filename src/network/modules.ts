// From a chain of layers to its modules: head, one module a layer (or a candidate), and the tail (ASPP, decoder, classifier).
import type { Architecture, BiSeNetMacro, Layer, Macro, SharedMacro } from '../contracts/architecture.ts';
import { UserError } from '../lib/errors.ts';
import { biSeNetTail } from './bisenet.ts';
import { getOperation } from './operations/index.ts';
import type { Feature, InputFeature, NetworkBuilder, NetworkModule } from './types.ts';

/** Height and width of the input image in pixels. */
export interface InputSize {
  readonly height: number;
  readonly width: number;
}

/** The input size of a network where it differs from that of the run, otherwise undefined. */
export const unlike = (ofRun: InputSize, { height, width }: InputSize): InputSize | undefined =>
  height === ofRun.height && width === ofRun.width ? undefined : { height, width };

/** What an input of the tail is: the output of the layer with that index, or the network's own input. */
export type TailInput = number | 'image';

/** The modules of one network; `features` are the tail's inputs, in order. */
export interface NetworkModules {
  readonly head: NetworkModule;
  readonly layers: readonly NetworkModule[];
  readonly tail: NetworkModule;
  readonly features: readonly TailInput[];
}

/** The tail's inputs, of the network's input and of what the layers made. */
export function tailInputs<T>(features: readonly TailInput[], image: T, outputs: readonly T[]): T[] {
  return features.map((i) => (i === 'image' ? image : outputs[i]!));
}

/** The modules of a supernet: candidates in place of single layers. */
export interface SpaceModules extends Omit<NetworkModules, 'layers'> {
  /** layers[layer][candidate] */
  readonly layers: readonly (readonly NetworkModule[])[];
}

const side = (feature: Feature): string => `${feature.channels}x${feature.height}x${feature.width}`;
const shape = ({ channels, height, width }: Feature): Feature => ({ channels, height, width });
const imageOf = ({ height, width }: InputSize) => ({ channels: 3, height, width, image: true }) as const;

/** What the head makes of an input: half its sides. */
export function headOutput(macro: Macro, input: InputSize): Feature {
  return { channels: macro.head.width, height: input.height / 2, width: input.width / 2 };
}

/** What a layer makes of its input. */
export function layerOutput(layer: Pick<Layer, 'out' | 'stride'>, input: Feature): Feature {
  return {
    channels: layer.out,
    height: Math.ceil(input.height / layer.stride),
    width: Math.ceil(input.width / layer.stride),
  };
}

/** Indices of the last layers at s4, s8, s16 and s32. (Layers at s2, before the first stride of the chain, are not among them.) */
export function featureLayers(layers: readonly Pick<Layer, 'stride'>[]): number[] {
  const starts = layers.flatMap((layer, i) => (layer.stride === 2 ? [i] : []));
  return starts.map((_, stage) => (starts[stage + 1] ?? layers.length) - 1);
}

/**
 * The first convolution: 3x3 with stride 2 on the image's three channels.
 * @throws UserError when a side is not a multiple of 4, or is below 32
 */
export function headModule(macro: Macro, input: InputSize): NetworkModule {
  for (const [name, pixels] of Object.entries({ height: input.height, width: input.width }))
    if (!Number.isInteger(pixels) || pixels < 32 || pixels % 4 !== 0)
      throw new UserError(`input ${name}: must be a multiple of 4, 32 or more, not ${pixels}`);
  const { width, activation } = macro.head;
  const image = imageOf(input);
  return {
    prefix: 'head',
    signature: `head ${side(image)} -> ${width} ${activation}`,
    inputs: [image],
    build: (b, [x]) => [b.convBn(x!, 'conv', { out: width, kernel: 3, stride: 2 }, { activation })],
  };
}

/** What a layer's operation is called among the candidates of its layer. */
export const candidateName = ({ operation, variant }: Pick<Layer, 'operation' | 'variant'>): string =>
  variant === undefined ? operation : `${operation}_${variant}`;

/**
 * One layer of the backbone, or one candidate of it.
 * @param input what the layer before it makes
 * @throws UserError when the operation is unknown or cannot be built with these widths
 */
export function layerModule(layer: Layer, index: number, input: Feature): NetworkModule {
  const operation = getOperation(layer.operation);
  const problem = operation.check(layer);
  if (problem) throw new UserError(`layers.${index}: ${layer.operation} ${problem}`);
  if (layer.residual && (layer.stride !== 1 || layer.in !== layer.out))
    throw new UserError(`layers.${index}.residual: only a layer that keeps its shape can have a shortcut`);
  if (layer.in !== input.channels) throw new Error(`layer ${index} takes ${layer.in} channels, not ${input.channels}`);
  return {
    prefix: `layers.${index}.${candidateName(layer)}`,
    signature:
      `${layer.operation} ${side(input)} -> ${layer.out} s${layer.stride} e${layer.expanded} ` +
      `${layer.activation}${layer.squeezeExcite ? ' se' : ''}${layer.residual ? ' res' : ''}`,
    inputs: [shape(input)],
    build: (b, [x]) => {
      const y = operation.build(b, x!, layer);
      return [layer.residual ? b.add(y, x!) : y];
    },
  };
}

/** Which of the features at s4, s8, s16 and s32 the tail takes, and whether it takes the image. */
function tailFeatures(macro: Macro, features: readonly number[]): TailInput[] {
  return macro.bisenet ? ['image', ...features.slice(2)] : [...features];
}

/** The tail of a macro-architecture. Its output is one logit a pixel of s4, [N, 1, H / 4, W / 4]; the resize to the input's size and the sigmoid belong to whoever uses the logits. */
export function tailModule(macro: Macro, inputs: readonly InputFeature[]): NetworkModule {
  return macro.bisenet ? biSeNetModule(macro, inputs) : deepLabModule(macro, inputs);
}

function biSeNetModule({ bisenet }: BiSeNetMacro, inputs: readonly InputFeature[]): NetworkModule {
  const [{ height, width }] = inputs as [InputFeature];
  return {
    prefix: 'tail',
    signature: `tail ${inputs.map(side).join(' ')} bisenet ${Object.values(bisenet).join(' ')}`,
    inputs,
    build(b, [image, s16, s32]) {
      const logits = biSeNetTail(b, bisenet, { image: image!, s16: s16!, s32: s32! });
      return [b.resize(logits, height / 4, width / 4)];
    },
  };
}

/**
 * The shared tail: ASPP on s32, a decoder that adds the encoder's features at s16, s8 and s4, and the classifier.
 *
 * DeepLabV3+ (Chen et al., ECCV 2018), made light: features are added, not concatenated, and ASPP's closing 1x1 goes straight to
 * the decoder's width. A rate as large as the map would see nothing but padding, so each is lowered to the map's shorter side
 * less one: the parameters stay the same at every input size, and with them a network's count and its weights.
 * @param features outputs of the last layers at s4, s8, s16, s32
 */
function deepLabModule(macro: SharedMacro, features: readonly Feature[]): NetworkModule {
  const deepest = features.at(-1)!;
  const largest = Math.max(1, Math.min(deepest.height, deepest.width) - 1);
  const rates = macro.aspp.rates.map((rate) => Math.min(rate, largest));
  return {
    prefix: 'tail',
    signature: `tail ${features.map(side).join(' ')} aspp${macro.aspp.width} rates ${rates} decoder${macro.decoder.width}`,
    inputs: features.map(shape),
    build(b, inputs) {
      let y = aspp(b, inputs.at(-1)!, macro.aspp.width, rates, macro.decoder.width);
      for (const [level, name] of [
        [2, 's16'],
        [1, 's8'],
        [0, 's4'],
      ] as const) {
        const encoder = inputs[level]!;
        const up = b.resize(y, encoder.height, encoder.width);
        const sum = b.convBn(encoder, `decoder.${name}.lateral`, { out: up.channels, kernel: 1 }, { residual: up });
        y = separable(b, sum, `decoder.${name}`, macro.decoder.width, 1);
      }
      return [b.conv(y, 'classifier', { out: 1, kernel: 1, bias: true })];
    },
  };
}

/** Atrous spatial pyramid pooling: 1x1, separable atrous branches and a pooled branch, joined by a 1x1 to `out`. */
function aspp<F extends Feature>(b: NetworkBuilder<F>, x: F, width: number, rates: readonly number[], out: number): F {
  const local = b.convBn(x, 'aspp.local', { out: width, kernel: 1 }, { activation: 'relu' });
  const atrous = rates.map((rate, i) => separable(b, x, `aspp.atrous.${i}`, width, rate));
  // A bias in place of batch norm: for a pooled map, batch statistics would be those of N values, and of a single one for one image.
  const pooled = b.activation(b.conv(b.globalPool(x), 'aspp.pooled', { out: width, kernel: 1, bias: true }), 'relu');
  const branches = [local, ...atrous, b.resize(pooled, x.height, x.width)];
  return b.convBn(b.concat(branches), 'aspp.join', { out, kernel: 1 }, { activation: 'relu' });
}

/** Depthwise 3x3 and pointwise, each with batch norm and ReLU, as in DeepLabV3+'s reference implementation. */
function separable<F extends Feature>(b: NetworkBuilder<F>, x: F, name: string, out: number, dilation: number): F {
  const geometry = { out: x.channels, kernel: 3, dilation, depthwise: true };
  const filtered = b.convBn(x, `${name}.depthwise`, geometry, { activation: 'relu' });
  return b.convBn(filtered, `${name}.pointwise`, { out, kernel: 1 }, { activation: 'relu' });
}

/**
 * The modules of a supernet at an input size.
 * @param space candidates a layer; those of one layer agree in widths and stride
 * @throws UserError when an input side is not a multiple of 4 or is below 32, or a layer cannot be built
 */
export function spaceModules(
  space: { readonly macro: Macro; readonly layers: readonly (readonly Layer[])[] },
  input: InputSize,
): SpaceModules {
  const head = headModule(space.macro, input);
  let feature = headOutput(space.macro, input);
  const outputs: Feature[] = [];
  const layers = space.layers.map((candidates, index) => {
    const from = feature;
    feature = layerOutput(candidates[0]!, from);
    outputs.push(feature);
    return candidates.map((layer) => layerModule(layer, index, from));
  });
  const features = tailFeatures(space.macro, featureLayers(space.layers.map((candidates) => candidates[0]!)));
  return {
    head,
    layers,
    tail: tailModule(space.macro, tailInputs(features, imageOf(input), outputs)),
    features,
  };
}

/**
 * The modules of one network at an input size.
 * @throws UserError when an input side is not a multiple of 4 or is below 32, or a layer cannot be built
 */
export function networkModules(architecture: Architecture, input: InputSize): NetworkModules {
  const { macro } = architecture;
  const modules = spaceModules({ macro, layers: architecture.layers.map((layer) => [layer]) }, input);
  return { ...modules, layers: modules.layers.map(([layer]) => layer!) };
}
