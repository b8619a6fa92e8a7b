// The one place where budgets and comparisons become the verdict of a run.
import type { ResultComparison } from '../contracts/result.ts';
import type { Verdict } from './budgets.ts';

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
