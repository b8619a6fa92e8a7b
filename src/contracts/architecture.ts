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

interface Head {
  readonly head: { readonly width: number; readonly activation: 'relu' | 'relu6' | 'hswish' };
}

/** The macro-architecture that spaces and baselines share: head, ASPP, decoder, classifier. */
export interface SharedMacro extends Head {
  readonly aspp: { readonly width: number; readonly rates: readonly number[] };
  readonly decoder: { readonly width: number };
  readonly bisenet?: undefined;
}

/** BiSeNet's own: a spatial path over the image, attention over the backbone, and their fusion. Widths in channels. */
export interface BiSeNetMacro extends Head {
  readonly bisenet: {
    /** Of the spatial path's convolutions. */
    readonly spatial: number;
    /** Of what the spatial path and the context path give. */
    readonly context: number;
    /** Of the two paths joined. */
    readonly fusion: number;
    /** Of the last convolution before the classifier. */
    readonly classifier: number;
  };
}

/** The macro-architecture around the backbone. */
export type Macro = SharedMacro | BiSeNetMacro;

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

const head = z.strictObject({ width: mapWidth, activation });

/** The macro-architecture of spaces. */
export const sharedMacroSchema = z.strictObject({
  head,
  aspp: z.strictObject({ width, rates: z.array(z.int().positive()).min(1, 'needs at least one rate') }),
  decoder: z.strictObject({ width }),
});

const biSeNetMacroSchema = z.strictObject({
  head,
  bisenet: z.strictObject({ spatial: mapWidth, context: mapWidth, fusion: mapWidth, classifier: mapWidth }),
});

/** The macro-architecture of architectures, and of tables. */
export const macroSchema: z.ZodType<Macro> = z.union([sharedMacroSchema, biSeNetMacroSchema], {
  // The issues of the one that is meant.
  error: ({ input, errors }) => {
    const meant = (errors as z.core.$ZodIssue[][])[typeof input === 'object' && input && 'bisenet' in input ? 1 : 0]!;
    const problems = meant.map(({ path, message }) => [...path, message].join(': '));
    return `must have head, aspp and decoder, or head and bisenet, and nothing else (${problems.join('; ')})`;
  },
});

/** The fields of an architecture. */
export const architectureFields: z.ZodType<Architecture> = z.strictObject({
  schema: z.literal('proxyless-ci/architecture@1'),
  name: z.string().min(1),
  input: z.strictObject({ height: inputSide, width: inputSide }).optional(),
  macro: macroSchema,
  layers: z.array(layerSchema).min(4, 'needs at least the four layers with stride 2 that lead from s2 to s32'),
});
