// The Action's entry: native packages first, then, as the command line does on Linux, the work in a child process (reexec.ts says why). A
// workflow_run job, whose token may write, installs nothing: it only comments.
import { followParent, needsReexec, reexec } from '../lib/reexec.ts';
import { fail } from './failure.ts';
import { installNativePackages, nativeFolderVariable } from './native.ts';

try {
  const measures = process.env.GITHUB_EVENT_NAME !== 'workflow_run';
  if (measures) process.env[nativeFolderVariable] ??= await installNativePackages(process.env);
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
