// The file of an architecture, `proxyless-ci/architecture@1`: a network as data. Whether it can be built is for network/architecture.ts to say.
import { z } from 'zod';

/** One layer of the backbone chain, concrete: everything that its parameters, cost and latency depend on, except the side of the input. */
export interface Layer {
  readonly operation: string;
  readonly in: number;
  readonly out: number;
  readonly stride: 1 | 2;
  /** Width inside an inverted bottleneck, in channels; operations without one ignore it. */
  readonly expanded: number;
  readonly activation: 'relu' | 'relu6' | 'hswish';
  readonly squeezeExcite: boolean;
  /** An identity shortcut where the operation keeps its shape and has none of its own. Absent: no. */
  readonly residual?: boolean | undefined;
  /** Tells apart the candidates of a space that are forms of one operation, such as `e6_se`; weights are stored under it. */
  readonly variant?: string | undefined;
}

/** The macro-architecture around the backbone: head, ASPP, decoder, classifier. */
export interface Macro {
  readonly head: { readonly width: number; readonly activation: 'relu' | 'relu6' | 'hswish' };
  readonly aspp: { readonly width: number; readonly rates: readonly number[] };
  readonly decoder: { readonly width: number };
}

/** A whole network. Layers run in order; strides take the map from s2 to s4, s8, s16, s32. */
export interface Architecture {
  readonly schema: 'proxyless-ci/architecture@1';
  readonly name: string;
  /** Height and width in pixels of the input that it is made for. Absent: those of the run. */
  readonly input?: { readonly height: number; readonly width: number } | undefined;
  readonly macro: Macro;
  readonly layers: readonly Layer[];
}

const width = z.int('must be a whole number of channels').positive('must be at least 1 channel');
/** Width of maps between modules, in channels: training takes a map that is narrower for the image. */
export const mapWidth = z.int('must be a whole number of channels').min(8, 'must be at least 8 channels');
const activation = z.enum(['relu', 'relu6', 'hswish']);

/** A side of a network's input, in pixels. */
export const inputSide = z
  .int()
  .min(32, 'must be at least 32')
  .multipleOf(4, 'must be a multiple of 4 (there is one logit for each 4 x 4 patch)');

/** The fields of a layer. */
const layerSchema = z.strictObject({
  operation: z.string(),
  in: mapWidth,
  out: mapWidth,
  stride: z.union([z.literal(1), z.literal(2)], 'must be 1 or 2'),
  expanded: width,
  activation,
  squeezeExcite: z.boolean(),
  residual: z.boolean().optional(),
  variant: z.string().regex(/^\w+$/, 'must be letters, digits and "_"').optional(),
});

/** The macro-architecture, in architectures and in spaces. */
export const macroSchema: z.ZodType<Macro> = z.strictObject({
  head: z.strictObject({ width: mapWidth, activation }),
  aspp: z.strictObject({ width, rates: z.array(z.int().positive()).min(1, 'needs at least one rate') }),
  decoder: z.strictObject({ width }),
});

/** The fields of an architecture. */
export const architectureFields: z.ZodType<Architecture> = z.strictObject({
  schema: z.literal('proxyless-ci/architecture@1'),
  name: z.string().min(1),
  input: z.strictObject({ height: inputSide, width: inputSide }).optional(),
  macro: macroSchema,
  layers: z.array(layerSchema).min(4, 'needs at least the four layers with stride 2 that lead from s2 to s32'),
});
