import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/contracts/result.ts';
import { severalMarkdown } from '../../src/report/several.ts';
import { pullRequestResult } from './example.ts';

const of = (model: string, verdict: Result['verdict'], reason = 'because') => ({
  model,
  result: { ...pullRequestResult, verdict, reason },
});
const options = { key: 'default' };

describe('several models', () => {
  test('are one table, the worst first, with the verdict of the worst', () => {
    const text = severalMarkdown(
      [of('a.onnx', 'pass'), of('b.onnx', 'regression'), of('c.onnx', 'inconclusive')],
      options,
    );
    expect(text).toMatch(/^<!-- proxyless-ci:default -->\n<!-- proxyless-ci-state:[0-9a-f]{16} -->/);
    expect(text).toContain('❌ **Regression.** 1 of 3 models: b.onnx.');
    expect(text.match(/^\| /gm)).toHaveLength(5);
    expect([...text.matchAll(/\*\*(\w)\.onnx\*\*/g)].map(([, name]) => name)).toEqual(['b', 'c', 'a']);
  });

  test('fit into a comment however many they are, and escape what a fork may have named', () => {
    const many = Array.from({ length: 2000 }, (_, i) =>
      of(`${'x'.repeat(80)}${i}.onnx`, 'regression', 'r'.repeat(200)),
    );
    expect(Buffer.byteLength(severalMarkdown(many, options))).toBeLessThanOrEqual(65_536);
    const attack = '<img src=x> @everyone [x](https://evil.test)';
    expect(severalMarkdown([of(attack, 'regression', attack), of('a', 'pass')], options)).not.toMatch(
      /<img|@everyone|\]\(https:\/\/evil/,
    );
  });
});
