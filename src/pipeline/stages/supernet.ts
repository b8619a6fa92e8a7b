// Stage 2: the supernet's weights, and stage 3: the architecture parameters.

import { createParameters, type Parameters } from '../../autodiff/parameters.ts';
import { type AlphaSearchResult, searchAlphas } from '../../nas/alpha-search.ts';
import { createSupernet, createSupernetPaths, kernelsShare, type Supernet } from '../../nas/supernet.ts';
import { checkpointEveryMs, type RunData, type SearchContext, trainingBatches } from '../context.ts';
import { train, withEngine } from './engine.ts';
import type { LatencyBudget, LatencyStage } from './latency.ts';

/** The checkpoint of the supernet's training. */
export const supernetCheckpoint = 'supernet.safetensors';

export interface SupernetStage {
  readonly supernet: Supernet;
  readonly parameters: Parameters;
  readonly steps: number;
  readonly images: number;
  readonly seconds: number;
  readonly dataWaitShare: number;
  readonly violations: number;
}

/** Phase 1: trains (or goes on training) the shared weights, one sampled path a step. */
export async function supernetStage(
  context: SearchContext,
  data: RunData,
  latency: LatencyStage,
  budget: LatencyBudget,
): Promise<SupernetStage> {
  const { recipe, space } = context;
  const { steps, batch, sampling, share, optimizer, schedule } = recipe.supernet;
  const supernet = createSupernet(space, recipe.input);
  const parameters = createParameters(recipe.seed, undefined, share === 'kernels' ? kernelsShare : undefined);
  supernet.ensure(parameters);
  const paths = createSupernetPaths(supernet, sampling, latency.costs, budget.maxLatencyMs, recipe.seed);
  const batches = trainingBatches(context, data.dataset.folder, data.supernetIds, batch, 'supernet');
  const result = await train(context, {
    checkpoint: supernetCheckpoint,
    title: 'supernet',
    batch,
    spec: { steps, optimizer: optimizer, schedule, ema: 0 },
    parameters,
    paths,
    openBatches: batches.open,
  });
  return {
    supernet,
    parameters,
    steps,
    images: steps * batch,
    seconds: result.seconds,
    dataWaitShare: result.dataWaitShare,
    violations: paths.violations(),
  };
}

/** Phase 2: the architecture parameters, on images that phase 1 did not see. */
export async function searchStage(
  context: SearchContext,
  data: RunData,
  { supernet, parameters }: SupernetStage,
  latency: LatencyStage,
  budget: LatencyBudget,
): Promise<AlphaSearchResult> {
  const { recipe, folder, progress } = context;
  const { batch, ...spec } = recipe.search;
  const batches = trainingBatches(context, data.dataset.folder, data.searchIds, batch, 'search');
  const result = await withEngine(context, batch, parameters, async (executor, loss) => {
    let stage: ReturnType<typeof progress.stage> | undefined;
    const found = await searchAlphas({
      spec: { ...spec, seed: recipe.seed },
      supernet,
      executor,
      loss,
      costs: latency.costs,
      maxLatencyMs: budget.maxLatencyMs,
      openBatches: batches.open,
      checkpoint: folder.checkpoint('alphas.json'),
      checkpointEveryMs,
      signal: context.signal,
      onStep: ({ step, loss: value, entropy }) => {
        stage ??= progress.stage('search', spec.steps, 'steps', step - 1);
        stage.update(step, `loss ${value.toFixed(3)}, entropy ${entropy.toFixed(3)}`);
      },
    });
    stage?.done(`entropy ${found.entropyBefore.toFixed(3)} to ${found.entropyAfter.toFixed(3)}`);
    return found;
  });
  folder.log(
    `search: entropy ${result.entropyBefore.toFixed(4)} to ${result.entropyAfter.toFixed(4)}, ${result.violations} violations`,
  );
  return result;
}
