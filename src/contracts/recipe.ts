// Recipes: what a run does, as YAML with kebab-case keys, checked whole before any work. Field by field in search/recipes/nightly.yaml.
import { z } from 'zod';
import { nearestName } from '../lib/errors.ts';
import { defaultAugmentation } from './augmentation.ts';
import { modelFields } from './model.ts';

type CamelKey<S> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<CamelKey<B>>}` : S;
type Camel<T> = { [K in keyof T as CamelKey<K & string>]: T[K] };

/** Renames the keys of one object (not of nested ones: those of `max-latency-vs` are names that the user chose). */
function camelKeys<T extends object>(value: T): Camel<T> {
  const entries = Object.entries(value).map(([key, v]) => [key.replace(/-(.)/g, (_, c: string) => c.toUpperCase()), v]);
  return Object.fromEntries(entries) as Camel<T>;
}

/** An object that takes no field beside those listed, and names the nearest one for each it does not know. */
function section<S extends z.ZodRawShape>(shape: S) {
  const fields = Object.keys(shape);
  const error: z.core.$ZodErrorMap = (issue) => {
    if (issue.code !== 'unrecognized_keys') return undefined;
    return (issue.keys as string[]).map((key) => unknownField(key, fields)).join('; ');
  };
  return z.strictObject(shape, { error });
}

function unknownField(key: string, fields: readonly string[]): string {
  const nearest = nearestName(key, fields);
  return nearest
    ? `unknown field "${key}"; did you mean "${nearest}"?`
    : `unknown field "${key}"; the fields here are ${fields.join(', ')}`;
}

const count = z.int().min(1);
const share = z.number().min(0).max(1);
const positive = z.number().positive();
const side = count
  .min(32, 'must be at least 32')
  .multipleOf(4, 'must be a multiple of 4 (logits are one a 4 x 4 patch)');

/** Learning rates and decays that suit each kind when a recipe names only the kind. */
const optimizerDefaults = {
  sgd: { 'learning-rate': 0.05, 'weight-decay': 4e-5 },
  adamw: { 'learning-rate': 3e-3, 'weight-decay': 0.01 },
} as const;

const optimizer = section({
  kind: z.enum(['sgd', 'adamw']).default('adamw').describe('adamw, or sgd with Nesterov momentum'),
  'learning-rate': positive.optional().describe('The largest of the schedule; default 0.05 for sgd, 0.003 for adamw'),
  'weight-decay': z.number().min(0).optional().describe('Default 4e-5 for sgd, 0.01 for adamw'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('Nesterov momentum of sgd, the first beta of adamw'),
})
  .transform(({ kind, momentum, ...given }) => ({
    kind,
    momentum,
    learningRate: given['learning-rate'] ?? optimizerDefaults[kind]['learning-rate'],
    weightDecay: given['weight-decay'] ?? optimizerDefaults[kind]['weight-decay'],
  }))
  .prefault({});

const schedule = section({
  kind: z.enum(['one-cycle', 'cosine']).default('one-cycle'),
  'warm-up': share.default(0.3).describe('Share of the steps during which the learning rate rises'),
})
  .transform(camelKeys)
  .prefault({});

/** Budgets as a recipe or an input gives them. */
export const budgetsSchema = section({
  'max-latency-ms': positive.optional().describe('Median latency on this machine, in milliseconds'),
  'max-latency-vs': z
    .record(z.string(), positive)
    .optional()
    .describe(
      'Median latency as a ratio to that of baselines measured in the same run, such as {mobilenetv3-large: 1.0}',
    ),
  'min-miou': share.optional().describe('From 0 to 1, on val'),
  'min-fps': positive.optional().describe('1000 over the median latency'),
  'max-params': positive.optional(),
  'max-macs': positive.optional(),
})
  .transform(camelKeys)
  .prefault({});

/** A recipe as its file says it (kebab-case), with name and threads filled in; becomes a `Recipe`. */
export const recipeSchema = section({
  name: z.string().min(1).describe('Default: the name of the file'),
  space: z
    .string()
    .min(1)
    .default('person')
    .describe('A file of search/spaces without its ending, or a path from the recipe (./my-space.yaml)'),
  seed: z.int().min(0).default(1).describe('Everything random follows from it'),
  threads: count.describe('Of training and of every latency; default: the cores this process may use'),
  input: section({ height: side, width: side }),
  augmentation: section({
    scale: z
      .tuple([positive, positive])
      .refine(([low, high]) => low <= high, 'must be [smallest, largest]')
      .default([...defaultAugmentation.scale]),
    aspect: z.number().min(0).default(defaultAugmentation.aspect),
    flip: share.default(defaultAugmentation.flip),
    cutout: share.default(defaultAugmentation.cutout),
    brightness: share.default(defaultAugmentation.brightness),
    contrast: share.default(defaultAugmentation.contrast),
    color: share.default(defaultAugmentation.color),
    blur: share.default(defaultAugmentation.blur),
    background: share
      .default(defaultAugmentation.background)
      .describe('Probability that another photo without people is put behind the person'),
  }).prefault({}),
  latency: section({
    rounds: count.default(20).describe('Every operation and subnet is measured once a round, in random order'),
    'calibration-subnets': z.int().min(2).default(20).describe("Whole subnets that the table's sums are fitted to"),
    'held-out-subnets': z.int().min(2).default(10).describe("Whole subnets that the predictor's error is of"),
  })
    .transform(camelKeys)
    .prefault({}),
  supernet: section({
    steps: count.default(3000),
    batch: count.default(16),
    sampling: z
      .enum(['feasible', 'balanced', 'strictly-fair'])
      .default('feasible')
      .describe(
        'feasible: paths within the latency budget, uniformly; balanced: with even shares of the operations as far as the budget allows; strictly-fair (FairNAS) cannot obey one',
      ),
    share: z
      .enum(['none', 'kernels'])
      .default('none')
      .describe(
        'kernels: candidates of a layer that differ in their kernel alone share all but depthwise filters and batch norms',
      ),
    optimizer,
    schedule,
  }).prefault({}),
  search: section({
    steps: count.default(400),
    batch: count.default(16),
    holdout: z.number().gt(0).lt(1).default(0.2).describe('Share of train that the supernet does not see'),
    'learning-rate': positive.default(0.01),
    gates: z.enum(['full', 'two-path']).default('full').describe('two-path: cheaper steps, noisier gradients'),
    constraint: z
      .enum(['exact', 'rejection'])
      .default('exact')
      .describe('rejection: draw until a path is within the budget'),
  })
    .transform(camelKeys)
    .prefault({}),
  derive: section({
    candidates: count.default(10).describe('Paths of each trade-off that are exported, measured and scored'),
    'trade-offs': count
      .default(1)
      .describe('1: the most probable paths within the budget; more: in so many steps from there to the largest ones'),
    'trial-epochs': z
      .int()
      .min(0)
      .default(0)
      .describe(
        'Epochs that the best candidate of each trade-off is trained for before one is taken; 0: scores decide',
      ),
    tolerance: share
      .default(0)
      .describe('Candidates that score so little below the best count as its equals: the largest of them is taken'),
    'recalibration-batches': count.default(8).describe("For batch norm's statistics"),
    images: count.default(128).describe('Held-out photos to score candidates on, at most'),
  })
    .transform(camelKeys)
    .prefault({}),
  train: section({
    epochs: count.default(45),
    seeds: count
      .default(1)
      .describe(
        'How many seeds each network is trained from: that of the run, which the model is of, and those after it, for mean and spread of mIoU',
      ),
    batch: count.default(16),
    init: z.enum(['scratch', 'inherited']).default('scratch').describe("inherited: start from the supernet's weights"),
    optimizer,
    schedule,
    ema: z.number().min(0).lt(1).default(0).describe('Decay of the moving average of the weights; 0 is none'),
    'fade-out': share
      .default(0)
      .describe('Share of the steps, the last ones, over which the random changes of photos fade out'),
  })
    .transform(camelKeys)
    .prefault({}),
  baselines: z
    .array(z.string().min(1))
    .default(() => ['mobilenetv3-large', 'mobilenetv3-small'])
    .describe('Files of search/architectures without their ending, or paths from the recipe'),
  budgets: budgetsSchema,
  model: section(modelFields)
    .transform(camelKeys)
    .prefault({})
    .describe('What a model from elsewhere takes and gives, where its file does not say; see inspect'),
  export: section({
    operators: z.array(z.string().min(1)).min(1).optional().describe('ONNX operators that the target runtime has'),
  }).prefault({}),
}).superRefine((recipe, context) => {
  for (const name of Object.keys(recipe.budgets.maxLatencyVs ?? {})) {
    if (recipe.baselines.includes(name)) continue;
    const nearest = nearestName(name, recipe.baselines);
    context.addIssue({
      code: 'custom',
      path: ['budgets', 'max-latency-vs'],
      message: `"${name}" is not among the recipe's baselines (${recipe.baselines.join(', ') || 'none'})${nearest ? `; did you mean "${nearest}"?` : ''}`,
    });
  }
});

/** A checked recipe with every default filled in. Latencies in milliseconds, shares from 0 to 1. */
export type Recipe = z.output<typeof recipeSchema>;
