import { expect, it } from 'vitest';
import type { Result } from '../../src/contracts/result.ts';
import { commentMarkdown } from '../../src/report/comment.ts';
import { pullRequestResult } from './example.ts';

/** The example, its latency compared with these operators. */
function comment(operators: NonNullable<Result['comparisons']>[number]['operators']): string {
  const comparisons = pullRequestResult.comparisons!.map((one) =>
    one.metric === 'latency' ? { ...one, ...(operators ? { operators } : {}) } : one,
  );
  return commentMarkdown({ ...pullRequestResult, comparisons }, { key: 'k' });
}

it('the comment says, folded, in which operators a slower head takes longer', () => {
  const text = comment([{ operator: 'Conv', name: 'body | <b>', baseMs: 1, headMs: 1.25, interval: [0.2, 0.31] }]);
  expect(text).toMatch(/<summary>Why slower: the operators that differ most<\/summary>/);
  expect(text).toMatch(/`Conv`.*1\.00 ms.*1\.25 ms.*\+0\.250 ms \(\+0\.200 to \+0\.310\)/);
  expect(text).not.toContain('<b>');
  expect(comment([])).toContain('No single operator takes longer');
  expect(comment(undefined)).not.toContain('Why slower');
});
