// The one place where budgets and comparisons become the verdict of a run.
import type { ResultComparison } from '../contracts/result.ts';
import type { Verdict } from './budgets.ts';

/** Why a comparison that was to be expected was not made. */
export interface NoBase {
  /** A sentence. */
  readonly reason: string;
  /** Whether it leaves open if the head has become worse; else there is nothing that it could be worse than. */
  readonly inconclusive: boolean;
}

/**
 * The verdict over comparisons and what was judged before them (budgets): a failed one outweighs an inconclusive one, and whatever was
 * judged first outweighs its like. Where there is no base, the reason says so.
 */
export function judgeComparisons<T extends { readonly verdict: Verdict; readonly reason: string }>(
  judged: T,
  comparisons: readonly ResultComparison[],
  noBase?: NoBase,
): { readonly verdict: Verdict | 'regression'; readonly reason: string } {
  if (noBase) {
    const verdict = judged.verdict === 'pass' && noBase.inconclusive ? 'inconclusive' : judged.verdict;
    return { ...judged, verdict, reason: `${judged.reason} ${noBase.reason}` };
  }
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
