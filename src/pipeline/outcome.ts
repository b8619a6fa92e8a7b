// From what a command found to its result and outcome: the facts that every result states, and the exit code that belongs to a verdict.

import type { Hardware } from '../contracts/hardware.ts';
import type { Result } from '../contracts/result.ts';
import type { Dataset } from '../data/dataset.ts';
import { consoleSummary } from '../report/console.ts';
import { planCores, readCoreFacts } from '../runtime/pinning.ts';
import { exitCodeOf } from '../verdict/verdict.ts';
import type { Outcome } from './options.ts';
import { currentCommit, toolVersion } from './version.ts';

/** What was run, on what. */
export interface RunFacts {
  readonly recipe: string;
  readonly seed: number;
  readonly threads: number;
  readonly input: { readonly height: number; readonly width: number };
  readonly hardware: Hardware;
  readonly dataset?: Dataset | undefined;
  /** By default what is checked out in the working directory. */
  readonly commit?: string | undefined;
}

type Stated =
  | 'schema'
  | 'recipe'
  | 'seed'
  | 'createdAt'
  | 'commit'
  | 'toolVersion'
  | 'hardware'
  | 'threads'
  | 'pinning'
  | 'input'
  | 'data';

/** A result: when, by what and on what it was found, and what was found. */
export async function describeResult({ dataset, ...facts }: RunFacts, found: Omit<Result, Stated>): Promise<Result> {
  const commit = facts.commit ?? (await currentCommit());
  const { recipe, seed, threads, input, hardware } = facts;
  return {
    schema: 'proxyless-ci/result@2',
    recipe,
    seed,
    createdAt: new Date().toISOString(),
    ...(commit ? { commit } : {}),
    toolVersion: toolVersion(),
    hardware,
    threads,
    pinning: planCores(threads, await readCoreFacts()).statement,
    input: { height: input.height, width: input.width },
    ...(dataset
      ? {
          data: {
            sets: dataset.sets.map(({ name, weight, train, val }) => ({ name, weight, train, val })),
            train: dataset.train.length,
            val: dataset.val.length,
            fingerprint: dataset.fingerprint,
          },
        }
      : {}),
    ...found,
  };
}

/** The outcome that belongs to a result. */
export function outcomeOf(result: Result): Outcome {
  return { exitCode: exitCodeOf(result.verdict), summary: consoleSummary(result), json: result };
}
