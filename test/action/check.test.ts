import { expect, test } from 'vitest';
import { publishCheck } from '../../src/action/github/check.ts';
import { startGitHub } from './github-server.ts';

const options = {
  token: 'token',
  repository: 'owner/repo',
  name: 'proxyless-ci',
  head: 'a'.repeat(40),
  conclusion: 'failure' as const,
  title: 'Regression',
  body: 'text',
  annotations: [
    { path: 'models/a.onnx', level: 'failure' as const, title: 'Comparison of latency', message: 'slower' },
  ],
  secondMs: 1,
};

test('a check run is on the commit that was measured, with annotations on the model', async () => {
  const github = await startGitHub();
  const many = {
    ...options,
    annotations: Array.from({ length: 60 }, () => options.annotations[0]!),
    body: 'x\n\n'.repeat(50_000),
  };
  expect(await publishCheck({ ...options, apiUrl: github.url })).toBeUndefined();
  expect(await publishCheck({ ...many, apiUrl: github.url })).toBeUndefined();
  expect(github.checks[0]).toMatchObject({
    head_sha: options.head,
    conclusion: 'failure',
    output: {
      title: 'Regression',
      summary: 'text',
      annotations: [{ path: 'models/a.onnx', annotation_level: 'failure' }],
    },
  });
  const { summary, annotations } = github.checks[1]!.output as { summary: string; annotations: object[] };
  expect(summary.length).toBeLessThanOrEqual(65_535);
  expect(annotations).toHaveLength(50);
  github.faults.push({ on: 'POST repo', how: 'answer', status: 403, body: { message: 'Resource not accessible' } });
  expect(await publishCheck({ ...options, apiUrl: github.url })).toMatch(/checks: write/);
  expect(github.violations).toEqual([]);
  await github.close();
});
