// The Action's entry: native packages first, then, as the command line does on Linux, the work in a child process (reexec.ts says why). A
// workflow_run job, whose token may write, installs nothing: it only comments.
import { getInput } from '@actions/core';
import { UserError } from '../lib/errors.ts';
import { followParent, needsReexec, reexec } from '../lib/reexec.ts';
import { fail } from './failure.ts';
import { openCaches } from './keep.ts';
import { installNativePackages, nativeFolderVariable, nativeSource, thisPlatform } from './native.ts';

try {
  const measures = process.env.GITHUB_EVENT_NAME !== 'workflow_run';
  if (measures) process.env[nativeFolderVariable] ??= await install();
  if (measures && needsReexec(process.platform, process.env)) {
    process.exitCode = await reexec();
  } else {
    followParent();
    const { run } = await import('./run.ts');
    await run();
  }
} catch (error) {
  fail(error);
}

function install(): Promise<string> {
  const { RUNNER_TOOL_CACHE: toolCache, npm_config_registry: configured = '' } = process.env;
  if (!toolCache) throw new UserError('RUNNER_TOOL_CACHE is not set: the Action runs in a workflow only');
  const cache = getInput('cache').toLowerCase() === 'false' ? undefined : openCaches(['packages'])('packages');
  const from = getInput('packages-from') || configured;
  return installNativePackages({ source: nativeSource(), toolCache, from, platform: thisPlatform(), cache });
}
