// What a segmentation model that this tool did not export takes and gives: as a recipe's `model:` section, flags or inputs state it.
import { z } from 'zod';
import type { OutputMeaning } from '../lib/mask-output.ts';
import { type Normalization, normalizations } from '../lib/normalization.ts';

const outputKinds = ['probability', 'logit', 'softmax', 'argmax'] as const satisfies readonly OutputMeaning['kind'][];

const normalizeForm = `unit, imagenet, symmetric, bytes, or MEAN/STD such as 0.5/0.5 or 123.7,116.3,103.5/58.4,57.1,57.4`;
const outputForm = 'probability, logit, softmax:CLASS or argmax:CLASS, such as softmax:1';

/**
 * `unit`, `imagenet`, `symmetric`, `bytes`, or numbers `MEAN/STD`, each one for all colors or three. Numbers of which any is over 1 are for
 * pixels from 0 to 255, others for pixels from 0 to 1.
 */
export const normalizeSchema = z.string().transform((text, context): Normalization => {
  const preset = (normalizations as Readonly<Record<string, Normalization>>)[text];
  if (preset) return preset;
  const parts = text
    .split('/')
    .map((part) => part.split(',').map((digits) => (digits.trim() === '' ? Number.NaN : Number(digits))));
  const [mean = [], std = []] = parts.map(([r = Number.NaN, g = r, b = r]) => [r, g, b] as const);
  const fits = parts.length === 2 && parts.every((part) => part.length === 1 || part.length === 3);
  if (!fits || [...mean, ...std].some((value) => !Number.isFinite(value)) || std.some((value) => value <= 0)) {
    context.addIssue({ code: 'custom', message: `must be ${normalizeForm}` });
    return z.NEVER;
  }
  const range = [...mean, ...std].some((value) => value > 1) ? 255 : 1;
  const scaled = ([r = 0, g = 0, b = 0]: readonly number[]) => [r / range, g / range, b / range] as const;
  return { mean: scaled(mean), std: scaled(std) };
});

/** `probability`, `logit`, `softmax:CLASS`, `argmax:CLASS`. */
export const outputSchema = z.string().transform((text, context): OutputMeaning => {
  const [, kind, person] = /^(probability|logit|softmax|argmax)(?::(\d+))?$/.exec(text) ?? [];
  const named = outputKinds.find((one) => one === kind);
  if (named && (named === 'softmax' || named === 'argmax') === (person !== undefined))
    return { kind: named, person: Number(person ?? 0) };
  context.addIssue({ code: 'custom', message: `must be ${outputForm}` });
  return z.NEVER;
});

/** `HEIGHTxWIDTH`. */
export const sizeSchema = z.string().transform((text, context): { readonly height: number; readonly width: number } => {
  const [, height, width] = (/^(\d+)x(\d+)$/.exec(text) ?? []).map(Number);
  if (height && width) return { height, width };
  context.addIssue({ code: 'custom', message: 'must be HEIGHTxWIDTH in pixels, such as 256x144' });
  return z.NEVER;
});

/** The fields of a recipe's `model:` section; each that is left out is inferred from the file. */
export const modelFields = {
  size: sizeSchema.optional().describe('HEIGHTxWIDTH, where the model leaves the size of its input open'),
  normalize: normalizeSchema
    .optional()
    .describe(`What pixels become: ${normalizeForm} (numbers over 1: for pixels of 0..255, else 0..1)`),
  colors: z.enum(['RGB', 'BGR']).optional().describe('Order of the channels; RGB unless the metadata says otherwise'),
  output: outputSchema.optional().describe(`What comes out: ${outputForm}`),
  'input-name': z.string().min(1).optional().describe('The image, where the model has several inputs'),
  'output-name': z.string().min(1).optional().describe('The mask, where the model has several outputs'),
} as const;

/** What is stated of a model; what is not is inferred from its file. */
export interface ModelSettings {
  readonly size?: { readonly height: number; readonly width: number } | undefined;
  readonly normalize?: Normalization | undefined;
  readonly colors?: 'RGB' | 'BGR' | undefined;
  readonly output?: OutputMeaning | undefined;
  readonly inputName?: string | undefined;
  readonly outputName?: string | undefined;
}

/** One fact about how a model is read. */
export interface ModelFact {
  readonly what: string;
  readonly value: string;
  /** Stated by the user; by the file's metadata; seen in the graph or in what it computes; or assumed, because the file does not say. */
  readonly from: 'given' | 'metadata' | 'graph' | 'assumed';
}

/** The name of a normalization, or its numbers for pixels from 0 to 1. */
export function normalizationName({ mean, std }: Normalization): string {
  const close = (a: readonly number[], b: readonly number[]): boolean => a.every((x, i) => Math.abs(x - b[i]!) < 1e-4);
  const preset = Object.entries(normalizations).find(([, one]) => close(one.mean, mean) && close(one.std, std));
  const short = (values: readonly number[]): string => values.map((value) => Number(value.toPrecision(4))).join(',');
  return preset?.[0] ?? `${short(mean)}/${short(std)}`;
}

export const meaningName = ({ kind, person }: OutputMeaning): string =>
  kind === 'softmax' || kind === 'argmax' ? `${kind}:${person}` : kind;

/** Facts in one line, each with who says so. */
export const describeFacts = (facts: readonly ModelFact[]): string =>
  facts.map(({ what, value, from }) => `${what} ${value} (${from})`).join('; ');

/** What `inspect` prints with --json. */
export interface Inspection {
  readonly model: string;
  readonly bytes: number;
  readonly parameters: number;
  readonly macs: number;
  readonly facts: readonly ModelFact[];
}
