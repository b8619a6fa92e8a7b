// Recipes: what a run does, as YAML with kebab-case keys, checked whole before any work. Field by field in search/recipes/nightly.yaml.
import { z } from 'zod';
import { nearestName } from '../lib/errors.ts';
import { precisions } from '../lib/precision.ts';
import { inputSide } from './architecture.ts';
import { defaultAugmentation } from './augmentation.ts';
import { modelFields } from './model.ts';

type CamelKey<S> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<CamelKey<B>>}` : S;
type Camel<T> = { [K in keyof T as CamelKey<K & string>]: T[K] };

/** Renames the keys of one object (not of nested ones: those of `max-latency-vs` are names that the user chose). */
function camelKeys<T extends object>(value: T): Camel<T> {
  const entries = Object.entries(value).map(([key, v]) => [key.replace(/-(.)/g, (_, c: string) => c.toUpperCase()), v]);
  return Object.fromEntries(entries) as Camel<T>;
}

/** An object with the listed fields only. For an unknown field, the error names the nearest one. */
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

const inputSize = section({
  height: inputSide.describe("Height of the network's input in pixels, a multiple of 4"),
  width: inputSide.describe("Width of the network's input in pixels, a multiple of 4"),
});

/** Learning rates and decays that suit each kind when a recipe names only the kind. */
const optimizerDefaults = {
  sgd: { 'learning-rate': 0.05, 'weight-decay': 4e-5 },
  adamw: { 'learning-rate': 3e-3, 'weight-decay': 0.01 },
} as const;

const optimizer = section({
  kind: z.enum(['sgd', 'adamw']).default('adamw').describe('`adamw`, or `sgd` with Nesterov momentum'),
  'learning-rate': positive
    .optional()
    .describe('Largest rate of the schedule. Default: 0.05 for `sgd`, 0.003 for `adamw`'),
  'weight-decay': z.number().min(0).optional().describe('Default: 4e-5 for `sgd`, 0.01 for `adamw`'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('Nesterov momentum of `sgd`, the first beta of `adamw`'),
})
  .transform(({ kind, momentum, ...given }) => ({
    kind,
    momentum,
    learningRate: given['learning-rate'] ?? optimizerDefaults[kind]['learning-rate'],
    weightDecay: given['weight-decay'] ?? optimizerDefaults[kind]['weight-decay'],
  }))
  .prefault({});

const schedule = section({
  kind: z.enum(['one-cycle', 'cosine']).default('one-cycle').describe('How the learning rate changes over the steps'),
  'warm-up': share.default(0.3).describe('Share of the steps during which the learning rate rises'),
})
  .transform(camelKeys)
  .prefault({});

/** Data folders that a run opens together. */
const dataSets = z
  .array(
    section({
      folder: z.string().min(1).describe('Folder with images/, masks/ and splits.json, relative to the recipe'),
      weight: z
        .number()
        .min(0)
        .default(1)
        .describe('How often an epoch visits each of its photos; 0: the set is only scored, by itself'),
    }),
  )
  .min(1);

/** Budgets as a recipe or an input gives them. */
export const budgetsSchema = section({
  'max-latency-ms': positive.optional().describe('Largest median latency on this machine, in milliseconds'),
  'max-latency-vs': z
    .record(z.string(), positive)
    .optional()
    .describe(
      'Largest ratio of the median latency to that of a baseline measured in the same run, such as `{mobilenetv3-large: 1.0}`',
    ),
  'min-miou': share.optional().describe('Smallest mIoU on `val`, from 0 to 1'),
  'min-fps': positive.optional().describe('Fewest frames a second: 1000 over the median latency'),
  'max-params': positive.optional().describe('Most parameters'),
  'max-macs': positive.optional().describe('Most multiply-accumulates'),
})
  .transform(camelKeys)
  .prefault({});

/** A recipe as its file says it (kebab-case), with name and threads filled in; becomes a `Recipe`. */
export const recipeSchema = section({
  name: z.string().min(1).describe('Name of the recipe in reports. Default: the name of the file'),
  space: z
    .string()
    .min(1)
    .default('person-wide')
    .describe(
      'Search space: a file of search/spaces without its ending, or a path relative to the recipe (`./my-space.yaml`)',
    ),
  seed: z.int().min(0).default(1).describe('Seed of everything random'),
  threads: count.describe('Threads for training and for every latency. Default: the cores that this process may use'),
  precision: z
    .enum(precisions)
    .default('float32')
    .describe(
      'What training multiplies in pointwise convolutions. `bfloat16` is faster on CPUs with AVX512_BF16; others take float32 then, and say so. Sums are float32 always',
    ),
  input: inputSize,
  data: dataSets.optional().describe('Data folders. `--data` takes their place'),
  augmentation: section({
    scale: z
      .tuple([positive, positive])
      .refine(([low, high]) => low <= high, 'must be [smallest, largest]')
      .default([...defaultAugmentation.scale])
      .describe(
        "Range of the crop's area as a share of the photo's; above 1 the photo is shrunk and gets a margin without label",
      ),
    aspect: z
      .number()
      .min(0)
      .default(defaultAugmentation.aspect)
      .describe("Largest change of the crop's ratio of width to height: 0.1 is 1/1.1 to 1.1"),
    flip: share.default(defaultAugmentation.flip).describe('Probability of a left-right flip'),
    cutout: share
      .default(defaultAugmentation.cutout)
      .describe("Largest side of the erased rectangle, as a share of the input's sides"),
    brightness: share
      .default(defaultAugmentation.brightness)
      .describe('Largest shift of brightness, as a share of the full range'),
    contrast: share
      .default(defaultAugmentation.contrast)
      .describe('Largest change of contrast: a factor of 1 - contrast to 1 + contrast'),
    color: share
      .default(defaultAugmentation.color)
      .describe('Largest gain of each color channel: a factor of 1 - color to 1 + color'),
    blur: share
      .default(defaultAugmentation.blur)
      .describe('Largest share of a 3 x 3 blur that is mixed in or taken out'),
    background: share
      .default(defaultAugmentation.background)
      .describe('Probability that another photo without people is put behind the person'),
  }).prefault({}),
  latency: section({
    rounds: count
      .default(20)
      .describe(
        'Rounds of measuring: every operation and every subnet is measured in each, in random order. A table has fewer where paths are known to 0.4 % before, and up to three times as many where they are not',
      ),
    'calibration-subnets': z
      .int()
      .min(2)
      .default(20)
      .describe('Subnets that are measured whole, to fit the predictor to'),
    'held-out-subnets': z
      .int()
      .min(2)
      .default(10)
      .describe("Subnets that are measured whole, to measure the predictor's error on"),
  })
    .transform(camelKeys)
    .prefault({}),
  supernet: section({
    steps: count.default(3000).describe('Training steps; each trains the weights of one sampled path'),
    batch: count.default(16).describe('Photos in a step'),
    sampling: z
      .enum(['feasible', 'balanced', 'strictly-fair'])
      .default('feasible')
      .describe(
        '`feasible`: paths within the latency budget, uniformly. `balanced`: with shares of the operations that are as even as the budget allows. `strictly-fair` (FairNAS): every operation equally often; it cannot obey a budget',
      ),
    share: z
      .enum(['none', 'kernels', 'nested-kernels'])
      .default('none')
      .describe(
        '`kernels`: candidates of a layer that differ only in their kernel share all weights except depthwise filters and batch norms. `nested-kernels`: depthwise filters too, the smaller as the middle of the larger',
      ),
    paths: count
      .default(1)
      .describe('Paths of a step: all on one batch, their gradients summed for one update. A step costs as much more'),
    distill: z
      .enum(['none', 'largest'])
      .default('none')
      .describe(
        '`largest`: the first path of each step is the largest within the budget, and the others learn from its output in place of the masks (sandwich rule); needs `paths` of at least 2',
      ),
    optimizer,
    schedule,
  }).prefault({}),
  search: section({
    steps: count
      .min(4)
      .default(400)
      .describe(
        'Steps that train the architecture parameters, in two halves from two seeds, whose agreement is reported',
      ),
    batch: count.default(16).describe('Photos in a step'),
    holdout: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.2)
      .describe('Share of `train` that the supernet does not see, and that the search learns from'),
    'learning-rate': positive
      .default(0.01)
      .describe('Learning rate of the architecture parameters at the first step; it falls to 0 by a cosine'),
    strategy: z
      .enum(['layer', 'subpath'])
      .default('layer')
      .describe(
        '`layer`: a probability for each operation of a layer. `subpath`: for each pair of adjacent operations',
      ),
    gates: z
      .enum(['full', 'two-path'])
      .default('full')
      .describe('`full`: every operation of a layer gets a gradient. `two-path`: cheaper steps, noisier gradients'),
    constraint: z
      .enum(['exact', 'rejection', 'add', 'mul'])
      .default('exact')
      .describe(
        '`exact`: draw only paths within the budget. `rejection`: draw until a path is within it. `add`, `mul`: draw any path and weigh latency into the loss',
      ),
    'latency-weight': z
      .number()
      .min(0)
      .default(0.5)
      .describe('Under `add`: loss + weight x (latency / limit - 1). Under `mul`: loss x (latency / limit) ^ weight'),
  })
    .transform(camelKeys)
    .prefault({}),
  derive: section({
    candidates: count.default(10).describe('Networks of each trade-off that are exported, measured and scored'),
    'trade-offs': count
      .default(1)
      .describe(
        '1: the most probable networks within the budget. More: this number of steps from the most probable network to the largest one within the budget',
      ),
    'trial-epochs': z
      .int()
      .min(0)
      .default(0)
      .describe(
        'Epochs for which the best candidate of each trade-off is trained before one is taken. 0: the scores with inherited weights decide',
      ),
    'trial-rounds': z
      .int()
      .min(1)
      .max(6)
      .default(1)
      .describe(
        'Successive halving: 1 trains the best candidate of each trade-off; n begins with the best 2^(n-1) of each for as small a share of the epochs, and goes on with the better half for twice as long, until `trial-epochs`',
      ),
    evolution: z
      .int()
      .min(0)
      .default(0)
      .describe(
        'Networks that evolution scores with inherited weights; its best ones are candidates beside those of the architecture parameters. 0: no evolution',
      ),
    inputs: z
      .array(inputSize)
      .default(() => [])
      .describe(
        "Further sizes that the derived network's input may have, within the same latency: a table is measured for each, the supernet is that of `input`. Default: none",
      ),
    tolerance: share
      .default(0)
      .describe(
        'Candidates whose score is at most this much below the best count as equal to it, and the largest of them is taken',
      ),
    'recalibration-batches': count
      .default(8)
      .describe("Batches that batch norm's statistics are computed from before a candidate is scored"),
    images: count.optional().describe('Most held-out photos that a candidate is scored on; default: all'),
  })
    .transform(camelKeys)
    .prefault({}),
  train: section({
    epochs: count.default(45).describe('Epochs that each network is trained for'),
    seeds: count
      .default(1)
      .describe(
        'Number of seeds that each network is trained from, for the mean and spread of mIoU. The exported model is that of the first seed',
      ),
    batch: count.default(16).describe('Photos in a step'),
    init: z
      .enum(['scratch', 'inherited'])
      .default('scratch')
      .describe("`scratch`, or `inherited`: start from the supernet's weights"),
    optimizer,
    schedule,
    ema: z.number().min(0).lt(1).default(0).describe('Decay of the moving average of the weights. 0: no average'),
  }).prefault({}),
  baselines: z
    .array(z.string().min(1))
    .default(() => ['mobilenetv3-large', 'mobilenetv3-small'])
    .describe(
      'Networks to compare with: mobilenetv3-large, mobilenetv3-large-160, mobilenetv3-small, mobilenetv2, shufflenetv2, bisenet (files of search/architectures), or paths relative to the recipe',
    ),
  budgets: budgetsSchema,
  model: section(modelFields)
    .transform(camelKeys)
    .prefault({})
    .describe('What a model from elsewhere takes and gives, where its file does not say; see inspect'),
  teacher: section({
    models: z
      .array(
        section({
          file: z.string().min(1).describe('Any ONNX segmentation model; a path from the recipe'),
          ...modelFields,
        }).transform(camelKeys),
      )
      .min(1)
      .describe('What they say of a photo is averaged'),
    weight: share.default(0.5).describe("Share of the target that is the teachers'; the rest is the mask's"),
    supernet: z.boolean().default(false).describe('Whether the supernet learns from them too'),
  })
    .optional()
    .describe('Models that the trained networks learn from beside the masks, and on photos without masks'),
  export: section({
    operators: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('ONNX operators that the target runtime has. Default: all'),
    int8: z
      .boolean()
      .optional()
      .describe(
        'Whether the network is quantized as well: `model-int8.onnx`, and a row of its own in the report. Default: false',
      ),
  }).prefault({}),
}).superRefine((recipe, context) => {
  if (recipe.supernet.distill === 'largest' && recipe.supernet.paths < 2)
    context.addIssue({
      code: 'custom',
      path: ['supernet', 'distill'],
      message: '"largest" needs supernet.paths of at least 2: one to teach, one to learn',
    });
  const sides = [recipe.input, ...recipe.derive.inputs].map(({ height, width }) => `${height} x ${width}`);
  const again = sides.findIndex((one, i) => sides.indexOf(one) < i);
  if (again >= 0)
    context.addIssue({
      code: 'custom',
      path: ['derive', 'inputs', again - 1],
      message: `${sides[again]} is there already`,
    });
  const { operators, int8 } = recipe.export;
  const absent = ['QuantizeLinear', 'DequantizeLinear'].filter((name) => operators?.includes(name) === false);
  if (int8 && absent.length > 0)
    context.addIssue({
      code: 'custom',
      path: ['export', 'int8'],
      message: `a quantized network has ${absent.join(' and ')}, which export.operators does not list`,
    });
  const { trialEpochs, trialRounds } = recipe.derive;
  if (trialRounds > 1 && trialEpochs < 2 ** (trialRounds - 1))
    context.addIssue({
      code: 'custom',
      path: ['derive', 'trial-rounds'],
      message: `${trialRounds} rounds need derive.trial-epochs of at least ${2 ** (trialRounds - 1)}: each round doubles them`,
    });
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

/** A data folder, and how often an epoch of training visits each of its photos. */
export type DataFolder = NonNullable<Recipe['data']>[number];
