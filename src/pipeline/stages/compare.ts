// Head against base: the verdicts on latency, measured in interleaved blocks, and on accuracy, on the same images.

import type { OperatorDifference, ResultComparison } from '../../contracts/result.ts';
import { compareOperators } from '../../latency/operators.ts';
import { createRandom } from '../../lib/random.ts';
import type { VerdictDistribution } from '../../report/verdict-chart.ts';
import { judgeAccuracy, meanMiou } from '../../verdict/accuracy.ts';
import { defaultCriteria, type NotCompared } from '../../verdict/verdict.ts';
import { compareLatency } from '../latency-comparison.ts';
import type { CommonOptions, GateThresholds } from '../options.ts';
import type { EvaluatedNetwork } from './evaluate.ts';

export interface CompareSettings extends CommonOptions, GateThresholds {
  readonly threads: number;
  readonly seed: number;
  /** Of every interval: see `confidenceOfEach`. */
  readonly confidence: number;
}

export interface CompareStage {
  readonly comparisons: ResultComparison[];
  /** What the blocks of each head's latency found. */
  readonly distributions: VerdictDistribution[];
}

/** How many comparisons `compareStage` decides. */
export const countComparisons = (base: EvaluatedNetwork, heads: readonly EvaluatedNetwork[]): number =>
  heads.length + scoredLike(base, heads).length;

const scoredLike = (base: EvaluatedNetwork, heads: readonly EvaluatedNetwork[]): EvaluatedNetwork[] =>
  base.counts ? heads.filter(({ counts }) => counts) : [];

/** What is to be said where heads were scored and the base has no weights. It leaves the verdict open where a threshold of mIoU is asked for. */
export const accuracyNotCompared = (
  base: EvaluatedNetwork,
  heads: readonly EvaluatedNetwork[],
  { miouThreshold }: GateThresholds,
): NotCompared | undefined =>
  !base.counts && heads.some(({ counts }) => counts)
    ? {
        reason: `mIoU was not compared: ${base.name} is an architecture, without weights.`,
        inconclusive: miouThreshold !== undefined,
      }
    : undefined;

/** Compares each head with the base. Accuracy is compared where both were scored. */
export async function compareStage(
  base: EvaluatedNetwork,
  heads: readonly EvaluatedNetwork[],
  settings: CompareSettings,
): Promise<CompareStage> {
  const { threads, seed, progress, signal, confidence } = settings;
  const thresholds = {
    latency: settings.latencyThreshold ?? defaultCriteria.latencyThreshold,
    miou: settings.miouThreshold ?? defaultCriteria.miouThreshold,
  };
  const scored = scoredLike(base, heads);
  let stage: ReturnType<typeof progress.stage> | undefined;
  const { verdicts, ...medians } = await compareLatency(
    base.model,
    heads.map(({ model }) => model),
    {
      threads,
      threshold: thresholds.latency,
      confidence,
      random: createRandom(seed, 'compare'),
      timeLimitMs: settings.timeLimitMs,
      onProgress: (done, most) => {
        signal.throwIfAborted();
        stage ??= progress.stage('head against base', most, 'blocks');
        stage.update(done);
      },
    },
  );
  stage?.done();
  const slower: (OperatorDifference[] | undefined)[] = [];
  for (const [i, { outcome }] of verdicts.entries()) {
    if (outcome === 'fail')
      progress.note(`${heads[i]!.name} is slower: its operators are profiled beside those of ${base.name}`);
    slower.push(outcome === 'fail' ? await compareOperators(base.model, heads[i]!.model, threads) : undefined);
    signal.throwIfAborted();
  }
  const latency = verdicts.map((verdict, i): ResultComparison => {
    const { outcome, reason, change, interval, threshold, noiseFloor, blocks, processes, othersShare } = verdict;
    return {
      metric: 'latency',
      head: heads[i]!.name,
      base: base.name,
      outcome,
      reason,
      change,
      interval: [...interval],
      confidence,
      threshold,
      noiseFloor,
      ...(slower[i] ? { operators: slower[i] } : {}),
      processes: processes.count,
      ...(processes.deviation === undefined ? {} : { processDeviation: processes.deviation }),
      ...(othersShare === undefined ? {} : { othersShare }),
      baseValue: medians.base.value,
      headValue: medians.heads[i]!.value,
      count: blocks,
    };
  });
  const accuracy = scored.map((head): ResultComparison => {
    const random = createRandom(seed, 'bootstrap', head.name);
    const limit = { threshold: thresholds.miou, confidence, random, spread: head.spread };
    const { interval, ...verdict } = judgeAccuracy(base.counts!, head.counts!, limit);
    return {
      metric: 'miou',
      head: head.name,
      base: base.name,
      ...verdict,
      interval: [...interval],
      confidence,
      threshold: thresholds.miou,
      baseValue: meanMiou(base.counts!),
      headValue: meanMiou(head.counts!),
      count: base.counts![0]!.length,
    };
  });
  const distributions = verdicts.map((verdict, i) => ({ ...verdict, name: heads[i]!.name, base: base.name }));
  return { comparisons: [...latency, ...accuracy], distributions };
}
