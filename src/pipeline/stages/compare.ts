// Head against base: the verdicts on latency, measured in interleaved blocks, and on accuracy, on the same images.
import { createRandom } from '../../base/random.ts';
import { judgeAccuracy } from '../../evaluate/accuracy-verdict.ts';
import type { Verdict } from '../../evaluate/budgets.ts';
import { compareLatency } from '../../latency/comparison.ts';
import { correctedConfidence } from '../../latency/verdict.ts';
import type { VerdictDistribution } from '../../report/verdict-chart.ts';
import type { CommonOptions, GateThresholds } from '../index.ts';
import type { ResultComparison } from '../result.ts';
import type { Checked } from './check.ts';

/** Of all verdicts of a run together: a run in a hundred may be wrong somewhere. */
const confidence = 0.99;
const defaultThresholds = { latency: 0.05, miou: 0.01 };

export interface CompareSettings extends CommonOptions, GateThresholds {
  readonly threads: number;
  readonly seed: number;
}

export interface CompareStage {
  readonly comparisons: ResultComparison[];
  /** What the blocks of each head's latency found. */
  readonly distributions: VerdictDistribution[];
}

/** Compares each head with the base. Accuracy is compared where both were scored. */
export async function compareStage(
  base: Checked,
  heads: readonly Checked[],
  settings: CompareSettings,
): Promise<CompareStage> {
  const { threads, seed, progress, signal } = settings;
  const thresholds = {
    latency: settings.latencyThreshold ?? defaultThresholds.latency,
    miou: settings.miouThreshold ?? defaultThresholds.miou,
  };
  const scored = base.images ? heads.filter(({ images }) => images) : [];
  const each = correctedConfidence(confidence, heads.length + scored.length);
  let stage: ReturnType<typeof progress.stage> | undefined;
  const { verdicts, ...medians } = await compareLatency(
    base.model,
    heads.map(({ model }) => model),
    {
      threads,
      threshold: thresholds.latency,
      confidence: each,
      random: createRandom(seed, 'compare'),
      timeBudgetMs: settings.timeBudget === undefined ? undefined : 1000 * settings.timeBudget,
      onProgress: (done, most) => {
        signal.throwIfAborted();
        stage ??= progress.stage('head against base', most, 'blocks');
        stage.update(done);
      },
    },
  );
  stage?.done();
  const latency = verdicts.map((verdict, i): ResultComparison => {
    const { outcome, reason, change, interval, threshold, noiseFloor, blocks } = verdict;
    return {
      metric: 'latency',
      head: heads[i]!.name,
      base: base.name,
      outcome,
      reason,
      change,
      interval: [...interval],
      confidence: each,
      threshold,
      noiseFloor,
      baseValue: medians.base.value,
      headValue: medians.heads[i]!.value,
      count: blocks,
    };
  });
  const accuracy = scored.map((head): ResultComparison => {
    const random = createRandom(seed, 'bootstrap', head.name);
    const limit = { threshold: thresholds.miou, confidence: each, random };
    const { interval, ...verdict } = judgeAccuracy(base.images!, head.images!, limit);
    return {
      metric: 'miou',
      head: head.name,
      base: base.name,
      ...verdict,
      interval: [...interval],
      confidence: each,
      threshold: thresholds.miou,
      baseValue: base.miou!,
      headValue: head.miou!,
      count: base.images!.length,
    };
  });
  const distributions = verdicts.map((verdict, i) => ({ ...verdict, name: heads[i]!.name, base: base.name }));
  return { comparisons: [...latency, ...accuracy], distributions };
}

/**
 * The verdict over comparisons and what was judged before them (budgets): a failed one outweighs an inconclusive one, and whatever was
 * judged first outweighs its like.
 */
export function judgeComparisons<T extends { readonly verdict: Verdict; readonly reason: string }>(
  judged: T,
  comparisons: readonly ResultComparison[],
): { readonly verdict: Verdict | 'regression'; readonly reason: string } {
  const sentence = ({ metric, head, base, reason }: ResultComparison): string =>
    `${head} against ${base}, ${metric === 'miou' ? 'mIoU' : metric}: ${reason}`;
  const failed = comparisons.filter(({ outcome }) => outcome === 'fail');
  const unclear = comparisons.filter(({ outcome }) => outcome === 'inconclusive');
  if (judged.verdict === 'budget-missed') {
    return { ...judged, reason: [judged.reason, ...failed.map(sentence)].join(' ') };
  }
  if (failed.length > 0) return { verdict: 'regression', reason: failed.map(sentence).join(' ') };
  if (judged.verdict === 'inconclusive' || unclear.length === 0) return judged;
  return { verdict: 'inconclusive', reason: unclear.map(sentence).join(' ') };
}
