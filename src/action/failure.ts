// An error becomes the step's failure, in words for the user.
import { setFailed } from '@actions/core';
import { UserError } from '../lib/errors.ts';

/** Fails the step: a user's error with its message alone, anything else as an internal error with its stack. */
export function fail(error: unknown): void {
  if (error instanceof UserError) setFailed(error.message);
  else
    setFailed(
      `internal error in proxyless-ci; please report it\n${error instanceof Error ? error.stack : String(error)}`,
    );
}
