// Phase 4: from architecture parameters to one architecture: paths within the limit, from the most probable to the largest, each exported,
// measured for real and scored with inherited weights. The best that meets the limit as measured is taken, after trial trainings where the recipe asks.
import type { Architecture } from '../../contracts/architecture.ts';
import { type Path, pathLatency } from '../../latency/types.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { createRandom } from '../../lib/random.ts';
import { logProbabilities } from '../../nas/alphas.ts';
import { createFeasibleSampler, fastestPath } from '../../nas/sampling.ts';
import { candidateMacs, createSupernet } from '../../nas/supernet.ts';
import { largestOfTheBest, tradeOffs } from '../../nas/trade-offs.ts';
import { formatArchitecture } from '../../network/architecture.ts';
import { architectureOf } from '../../network/space.ts';
import { decodeWithinLimit, measurePaths } from '../candidates.ts';
import { ofLimit, ofSize, type RunData, type SearchContext, say, searchedName } from '../context.ts';
import { withEngine } from '../engine.ts';
import type { Accuracy } from '../score.ts';
import { evolutionStage } from './evolution.ts';
import { inheritedScore } from './inherited.ts';
import { type LatencyBudget, type LatencyStage, latencyLimit } from './latency.ts';
import { atSize, type SizeStage } from './sizes.ts';
import type { SearchStage, SupernetStage } from './supernet.ts';
import {
  type Candidate,
  candidateGroups,
  chosenOf,
  openTrials,
  type Ranking,
  readRanking,
  type Trial,
  tryFinalists,
  withinLimit,
  writeRanking,
} from './trials.ts';

/** Random subnets within the limit, for each input size, scored beside the candidates: they show what the search is worth. */
const randomSubnets = 20;
/** What the stages before it left. */
export interface DeriveInputs {
  readonly data: RunData;
  readonly net: SupernetStage;
  readonly latency: LatencyStage;
  readonly budget: LatencyBudget;
  readonly search: SearchStage;
  /** Further input sizes that candidates may have. */
  readonly sizes: readonly SizeStage[];
}

export interface DeriveStage {
  readonly ranking: Ranking;
  /** Undefined when no candidate met the limit, or trials are awaited. */
  readonly architecture: Architecture | undefined;
  /** Trial trainings that are left to shards. */
  readonly awaited: readonly Trial[];
}

/**
 * Derives the architecture, or takes over what an interrupted run had derived.
 * @param deferTrials stop where trial trainings would begin
 */
export async function deriveStage(
  context: SearchContext,
  inputs: DeriveInputs,
  deferTrials = false,
): Promise<DeriveStage> {
  const saved = await readRanking(context.folder);
  const scored = saved ?? (await derive(context, inputs));
  if (!saved) await writeRanking(context.folder, scored);
  const awaited = deferTrials ? openTrials(context.recipe, scored) : [];
  // The trials will choose, not the scores alone.
  if (awaited.length > 0) return { ranking: { ...scored, chosen: null }, architecture: undefined, awaited };
  return { ...(await takeOne(context, inputs.data, scored)), awaited };
}

/** Takes one of the scored candidates, after the trial trainings that the recipe asks for, and writes its architecture. */
export async function takeOne(
  context: SearchContext,
  data: RunData,
  scored: Ranking,
): Promise<Omit<DeriveStage, 'awaited'>> {
  const { folder, space } = context;
  const ranking = await tryFinalists(context, data, scored, (after) => writeRanking(folder, after));
  const taken = chosenOf(ranking);
  const architecture = taken && architectureOf(space, taken.path, searchedName(context), taken.input);
  if (architecture) await writeFileAtomic(folder.architecture, formatArchitecture(architecture));
  if (taken) {
    const { trialMiou } = taken;
    say(
      context,
      `derived ${taken.architecture}: ${(100 * taken.limitShare).toFixed(1)} % of the latency limit as measured, supernet mIoU ${(100 * taken.supernetMiou).toFixed(2)} % (random subnets ${(100 * ranking.randomSubnets.mean).toFixed(2)} %)${trialMiou === undefined ? '' : `, ${(100 * trialMiou).toFixed(2)} % after its trial training`}`,
    );
  }
  return { ranking, architecture };
}

/** Candidates and random networks of every input size. */
async function derive(context: SearchContext, inputs: DeriveInputs): Promise<Ranking> {
  const { recipe, space } = context;
  const own = await findCandidates(context, inputs, inputs.budget.maxLatencyMs);
  const found = [...own.candidates];
  const randomScores = [...own.randomScores];
  for (const { input, latency } of inputs.sizes) {
    const sized = atSize(context, input);
    say(context, `candidates of ${input.height} x ${input.width}:`);
    const { maxLatencyMs } = latencyLimit(sized, latency);
    // The run's own limit was checked when the table was made; one of a front may be too low for a size.
    if (fastestPath(latency.costs).latencyMs > maxLatencyMs) {
      say(context, `none, as the fastest network takes more than ${maxLatencyMs.toFixed(3)} ms`);
      continue;
    }
    const net = { ...inputs.net, supernet: createSupernet(space, input) };
    const more = await findCandidates(sized, { ...inputs, net, latency }, maxLatencyMs);
    found.push(...more.candidates.map((candidate) => ({ ...candidate, input })));
    randomScores.push(...more.randomScores);
  }
  const candidates = found.map((candidate, i) => ({
    architecture: `candidate-${i + 1}${ofSize(candidate.input)}${ofLimit(context)}`,
    ...candidate,
  }));
  return {
    schema: 'proxyless-ci/ranking@1',
    candidates,
    randomSubnets: {
      count: randomScores.length,
      mean: randomScores.reduce((a, b) => a + b, 0) / randomScores.length,
      max: Math.max(...randomScores),
      scores: randomScores,
    },
    silhouetteMiou: own.silhouetteMiou,
    chosen: largestOfTheBest(withinLimit({ candidates }), recipe.derive.tolerance)?.architecture ?? null,
    maxLatencyMs: own.maxLatencyMs,
  };
}

interface Found {
  readonly candidates: readonly Omit<Candidate, 'architecture'>[];
  readonly randomScores: number[];
  readonly silhouetteMiou: number;
  /** The limit as measured together with the candidates. */
  readonly maxLatencyMs: number;
}

/**
 * Candidates of one input size, measured and scored, and random networks within the limit.
 * @param context of that size, as the supernet and the latencies are
 */
async function findCandidates(
  context: SearchContext,
  { data, net, latency, search }: DeriveInputs,
  maxLatencyMs: number,
): Promise<Found> {
  const { recipe } = context;
  const logP = logProbabilities(search.alphas, net.supernet.sizes);
  const macs = candidateMacs(net.supernet);
  const inherited = inheritedScore(context, data, net);
  const score = async (paths: readonly Path[]) => (await scorePaths(context, data, net, paths, inherited)).scores;
  const evolved = recipe.derive.evolution > 0 ? await evolutionStage(context, latency, maxLatencyMs, score, logP) : [];
  const { candidates, measured } = await decodeWithinLimit({
    tradeOffs: candidateGroups(recipe.derive),
    maxLatencyMs,
    predictorError: latency.heldOut.meanAbsoluteErrorPercent / 100,
    fastestMs: fastestPath(latency.costs).latencyMs,
    decode: (maxLatenciesMs) => {
      const points = maxLatenciesMs.slice(0, recipe.derive.tradeOffs);
      const probable = tradeOffs(latency.costs, points, logP, macs, recipe.derive.candidates);
      if (evolved.length === 0) return probable;
      const named = new Set(probable.flat().map(({ path }) => path.join()));
      const fit = evolved.filter((one) => one.latencyMs <= maxLatenciesMs.at(-1)! && !named.has(one.path.join()));
      return [...probable, fit.slice(0, recipe.derive.candidates)];
    },
    measure: (decoded) => measurePaths(context, decoded, latency.baselineMs),
    note: (line) => say(context, line),
  });

  const sampler = createFeasibleSampler(latency.costs, maxLatencyMs);
  const random = createRandom(recipe.seed, 'random-subnets');
  const scored = [
    ...candidates.map((c) => c.path),
    ...Array.from({ length: randomSubnets }, () => sampler.sample(random)),
  ];
  const { scores, silhouetteMiou } = await scorePaths(context, data, net, scored, inherited);
  return {
    candidates: candidates.map((candidate, i) => ({
      path: [...candidate.path],
      tradeOff: candidate.tradeOff,
      logProbability: candidate.logProbability,
      macs: candidate.path.reduce((sum, operation, layer) => sum + macs[layer]![operation]!, 0),
      predictedMs: pathLatency(latency.costs, candidate.path),
      measuredMs: measured[i]!.ms,
      limitShare: measured[i]!.share,
      supernetMiou: scores[i]!,
    })),
    randomScores: scores.slice(candidates.length),
    silhouetteMiou,
    maxLatencyMs: measured[0]!.maxLatencyMs,
  };
}

/**
 * mIoU of paths with inherited weights, on photos that the supernet was not trained on.
 * @param score for the same supernet and photos; a given one has its recalibration photos decoded already
 * @returns also the mIoU of the best constant silhouette on the same photos
 */
export async function scorePaths(
  context: SearchContext,
  data: RunData,
  net: SupernetStage,
  paths: readonly Path[],
  score = inheritedScore(context, data, net),
): Promise<{ readonly scores: number[]; readonly silhouetteMiou: number }> {
  const stage = context.progress.stage('scoring subnets', paths.length, 'subnets');
  const accuracies = await withEngine(context, context.recipe.supernet.batch, net.parameters, async (executor) => {
    const result: Accuracy[] = [];
    for (const path of paths) {
      context.signal.throwIfAborted();
      result.push(await score(executor, path));
      stage.update(result.length);
    }
    return result;
  });
  stage.done();
  return { scores: accuracies.map(({ miou }) => miou), silhouetteMiou: accuracies[0]!.silhouetteMiou };
}
