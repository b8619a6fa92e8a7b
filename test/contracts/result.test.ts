import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Result, readResult, writeResult } from '../../src/contracts/result.ts';
import { UserError } from '../../src/lib/errors.ts';
import { exampleResult } from '../report/example.ts';

let path: string;
beforeAll(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'result-')), 'result.json');
});
afterAll(() => rm(join(path, '..'), { recursive: true }));

test('a result is read as it was written', async () => {
  await writeResult(path, exampleResult);
  expect(await readResult(path)).toEqual(exampleResult);
});

test('a result without the optional stages is valid', async () => {
  const { predictor, supernet, search, derive, architecture, data, ...rest } = exampleResult;
  await writeResult(path, rest);
  expect(await readResult(path)).toEqual(rest);
});

test('a result that breaks the schema is not written, and one that was edited so is refused by field', async () => {
  await writeResult(path, exampleResult);
  const wrong = { ...exampleResult, networks: [{ ...exampleResult.networks[0]!, miou: Number.NaN }] } satisfies Result;
  await expect(writeResult(path, wrong)).rejects.toThrow(/miou/);
  await writeFile(path, (await readFile(path, 'utf8')).replace('"pass"', '"great"'));
  const error = await readResult(path).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(UserError);
  expect((error as Error).message).toMatch(/result\.json: verdict: /);
});
