// An error becomes the step's failure, in words for whom it concerns.
import { setFailed } from '@actions/core';
import { UserError } from '../lib/errors.ts';

/** Fails the step: a user's error with its message alone, anything else as a bug of ours with its stack. */
export function fail(error: unknown): void {
  if (error instanceof UserError) setFailed(error.message);
  else setFailed(`This is a bug in proxyless-ci.\n${error instanceof Error ? error.stack : String(error)}`);
}
