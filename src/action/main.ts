// The Action's entry: native packages first, then, as the command line does on Linux, the work in a child process (reexec.ts says why).
import { followParent, needsReexec, reexec } from '../base/reexec.ts';
import { fail } from './failure.ts';
import { installNativePackages, nativeFolderVariable } from './native.ts';

try {
  process.env[nativeFolderVariable] ??= await installNativePackages(process.env);
  if (needsReexec(process.platform, process.env)) {
    process.exitCode = await reexec();
  } else {
    followParent();
    const { run } = await import('./run.ts');
    await run();
  }
} catch (error) {
  fail(error);
}
