// A search whose trial trainings are done in shards, through the built command line: `npm run build` comes first.
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readResult } from '../../src/contracts/result.ts';
import { readCheckpoint } from '../../src/training/checkpoint.ts';
import { cli, makeTiny, type Tiny } from './tiny.ts';

let tiny: Tiny;
const at = (...names: string[]): string => join(tiny.folder, ...names);
const run = (command: string[], out: string) =>
  cli([...command, '--recipe', tiny.recipe, '--data', tiny.data, '--out', at(out), '--json']);
/** The trials that a folder has. */
const trials = (folder: string): string[] =>
  readdirSync(at(folder, 'checkpoints')).filter((name) => name.startsWith('trial-'));

beforeAll(async () => {
  tiny = await makeTiny();
});
afterAll(() => tiny.remove());

test('trials that are deferred and done in shards end in the derivation of an unsharded run, to the bit', async () => {
  const deferred = await run(['derive', '--defer-trials'], 'run');
  expect(deferred.code, deferred.stderr).toBe(0);
  const { reason, derive, architecture } = JSON.parse(deferred.stdout);
  expect(reason).toMatch(/^Trial trainings are left to shards: candidate-\d+, candidate-\d+\.$/);
  expect([derive.chosen, architecture]).toEqual([null, undefined]);
  expect(existsSync(at('run', 'architecture.json'))).toBe(false);
  expect(trials('run')).toEqual([]);
  for (const copy of ['whole', 'first', 'second']) cpSync(at('run'), at(copy), { recursive: true });
  expect((await run(['derive'], 'whole')).code).toBe(0);

  const finalists: string[] = reason.match(/candidate-\d+/g);
  for (const [i, folder] of ['first', 'second'].entries()) {
    const { code, stdout, stderr } = await run(['search', '--shard', `${i + 1}/2`], folder);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).trained).toEqual([`trial of ${finalists[i]}`]);
    expect(trials(folder)).toHaveLength(1);
  }

  const missing = await run(['merge', at('first')], 'run');
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain(`no shard has trained trial of ${finalists[1]}; run shard 2/2 again`);
  const merged = await run(['merge', at('first'), at('second')], 'run');
  expect(merged.code, merged.stderr).toBe(0);

  expect(trials('run')).toEqual(trials('whole'));
  for (const name of trials('run')) {
    const [ours, theirs] = await Promise.all(
      ['run', 'whole'].map((folder) => readCheckpoint(at(folder, 'checkpoints', name))),
    );
    expect(ours!.tensors).toEqual(theirs!.tensors);
  }
  const [ours, theirs] = [await readResult(at('run', 'result.json')), await readResult(at('whole', 'result.json'))];
  expect(ours.derive).toEqual(theirs.derive);
  expect(ours.derive!.candidates.filter(({ trialMiou }) => trialMiou !== undefined)).toHaveLength(2);
  expect(ours.reason).toBe(theirs.reason);
  expect(readFileSync(at('run', 'architecture.json'))).toEqual(readFileSync(at('whole', 'architecture.json')));

  // From here on it is the folder of `derive`, in which shards train the networks.
  const networks = await run(['search', '--shard', '1/1'], 'run');
  expect(networks.code, networks.stderr).toBe(0);
  expect(JSON.parse(networks.stdout).trained).toEqual(['recipe-searched', 'tiny-baseline']);
});
