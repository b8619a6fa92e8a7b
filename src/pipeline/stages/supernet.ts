// Phase 2: the supernet's weights, and phase 3: the architecture parameters.

import { createParameters, type Parameters } from '../../autodiff/parameters.ts';
import { noAugmentation } from '../../data/augment.ts';
import { createRandom } from '../../lib/random.ts';
import { type AlphaSearchResult, meanAlphas, meanEntropy, searchAlphas } from '../../nas/alpha-search.ts';
import { agreement, alphaPairs } from '../../nas/diagnosis.ts';
import { createFeasibleSampler } from '../../nas/sampling.ts';
import { createSupernet, createSupernetPaths, kernelsShare, type Supernet } from '../../nas/supernet.ts';
import type { Curve } from '../../training/curve.ts';
import { checkpointEveryMs, curvePhotos, type RunData, type SearchContext, trainingBatches } from '../context.ts';
import { train, withEngine } from '../engine.ts';
import { inheritedScore } from './inherited.ts';
import type { LatencyBudget, LatencyStage } from './latency.ts';
import { teachStage } from './teach.ts';
import { withUnlabeled } from './train.ts';

/** The checkpoint of the supernet's training. */
export const supernetCheckpoint = 'supernet.safetensors';

/** Paths that a supernet is scored by while it is trained. */
const watchedPaths = 2;

export interface SupernetStage {
  readonly supernet: Supernet;
  readonly parameters: Parameters;
  readonly steps: number;
  readonly images: number;
  readonly seconds: number;
  readonly dataWaitShare: number;
  /** Its mIoU is the mean of some paths within the limit, each with batch-norm statistics of its own. */
  readonly curve: Curve;
  /** Steps whose path was over the limit, where the sampling cannot obey one. */
  readonly violations: number | undefined;
}

/** Phase 2: trains (or goes on training) the shared weights, one sampled path a step. */
export async function supernetStage(
  context: SearchContext,
  data: RunData,
  latency: Pick<LatencyStage, 'costs'>,
  budget: Pick<LatencyBudget, 'maxLatencyMs'>,
): Promise<SupernetStage> {
  const { recipe, space } = context;
  const { steps, batch, sampling, share, paths: perStep, distill, optimizer, schedule } = recipe.supernet;
  const supernet = createSupernet(space, recipe.input);
  const sharedName = (own: string): string => (share === 'none' ? own : kernelsShare(own, share === 'nested-kernels'));
  const parameters = createParameters(recipe.seed, undefined, sharedName);
  supernet.ensure(parameters);
  const paths = createSupernetPaths(supernet, {
    ...{ sampling, costs: latency.costs, maxLatencyMs: budget.maxLatencyMs, seed: recipe.seed },
    ...{ perStep, largestFirst: distill === 'largest' },
  });
  const taught = recipe.teacher?.supernet === true;
  const photos = taught
    ? await teachStage(context, withUnlabeled(context, data, data.supernetPhotos))
    : data.supernetPhotos;
  const batches = trainingBatches(context, photos, batch, 'supernet');
  const { sample } = createFeasibleSampler(latency.costs, budget.maxLatencyMs);
  const random = createRandom(recipe.seed, 'supernet-curve');
  const watched = Array.from({ length: watchedPaths }, () => sample(random));
  const unstopped = { ...context, signal: new AbortController().signal };
  const score = inheritedScore(unstopped, data, { supernet, parameters }, curvePhotos);
  const result = await train(context, {
    checkpoint: supernetCheckpoint,
    title: 'supernet',
    ...{ batch, perStep },
    spec: { steps, optimizer, schedule, ema: 0, distill: distill === 'largest' },
    parameters,
    paths,
    openBatches: batches.open,
    score: async (_, executor) => {
      const mious: number[] = [];
      for (const path of watched) mious.push((await score(executor, path)).miou);
      return mious.reduce((a, b) => a + b, 0) / mious.length;
    },
  });
  return {
    supernet,
    parameters,
    steps,
    images: steps * batch * perStep,
    seconds: result.seconds,
    dataWaitShare: result.dataWaitShare,
    curve: result.curve,
    violations: sampling === 'strictly-fair' ? paths.violations() : undefined,
  };
}

/** What the search found: the alphas of its two halves as one. */
export interface SearchStage extends Omit<AlphaSearchResult, 'violations'> {
  /** Steps whose path was over the limit, under a soft loss; a hard constraint has none. */
  readonly violations: number | undefined;
  /** Spearman's correlation of the two halves' log-probabilities: would the search find the same again? */
  readonly repeatability: number;
  /** What both halves say of each operation of each layer: log-probabilities less their layer's mean. */
  readonly pairs: readonly (readonly [first: number, second: number])[];
}

/**
 * Phase 3: the architecture parameters, on plain photos that the supernet was not trained on. They are learned in two halves, from two seeds: the mean of the
 * halves is as good as one search of all steps, and their difference shows how much of it is luck.
 */
export async function searchStage(
  context: SearchContext,
  data: RunData,
  net: SupernetStage,
  latency: LatencyStage,
  budget: LatencyBudget,
): Promise<SearchStage> {
  const { recipe, folder } = context;
  const halves: AlphaSearchResult[] = [];
  for (const half of [1, 2]) halves.push(await searchHalf(context, data, net, latency, budget, half));
  const sizes = [...net.supernet.sizes];
  const alphas = meanAlphas(
    halves.map((half) => half.alphas),
    sizes,
  );
  const [first, second] = halves as [AlphaSearchResult, AlphaSearchResult];
  const rates = halves.flatMap(({ acceptanceRate }) => acceptanceRate ?? []);
  const soft = recipe.search.constraint === 'add' || recipe.search.constraint === 'mul';
  const result = {
    alphas,
    entropyBefore: first.entropyBefore,
    entropyAfter: meanEntropy(alphas, sizes),
    violations: soft ? first.violations + second.violations : undefined,
    acceptanceRate: rates.length > 0 ? rates.reduce((a, b) => a + b) / rates.length : undefined,
    repeatability: agreement(first.alphas, second.alphas, sizes),
    pairs: alphaPairs(first.alphas, second.alphas, sizes),
    steps: first.steps + second.steps,
    seconds: first.seconds + second.seconds,
  };
  const { entropyBefore, entropyAfter, repeatability } = result;
  folder.log(
    `search: entropy ${entropyBefore.toFixed(4)} to ${entropyAfter.toFixed(4)}, repeatability ${repeatability.toFixed(3)}`,
  );
  return result;
}

/** Learns the alphas from one of the two seeds. */
function searchHalf(
  context: SearchContext,
  data: RunData,
  { supernet, parameters }: SupernetStage,
  latency: LatencyStage,
  budget: LatencyBudget,
  half: number,
): Promise<AlphaSearchResult> {
  const { recipe, folder, progress } = context;
  const { batch, steps, ...spec } = recipe.search;
  const title = `search ${half} of 2`;
  const batches = trainingBatches(context, data.searchPhotos, batch, title, noAugmentation);
  return withEngine(context, batch, parameters, async (executor, loss) => {
    let stage: ReturnType<typeof progress.stage> | undefined;
    const seed = createRandom(recipe.seed, title).int(2 ** 31);
    const found = await searchAlphas({
      spec: { ...spec, steps: Math.ceil(steps / 2), seed },
      supernet,
      executor,
      loss,
      costs: latency.costs,
      maxLatencyMs: budget.maxLatencyMs,
      openBatches: batches.open,
      checkpoint: folder.checkpoint(`alphas-${half}.json`),
      checkpointEveryMs,
      signal: context.signal,
      onStep: ({ step, loss: value, entropy }) => {
        stage ??= progress.stage(title, Math.ceil(steps / 2), 'steps', step - 1);
        stage.update(step, `loss ${value.toFixed(3)}, entropy ${entropy.toFixed(3)}`);
      },
    });
    stage?.done(`entropy ${found.entropyBefore.toFixed(3)} to ${found.entropyAfter.toFixed(3)}`);
    return found;
  });
}
