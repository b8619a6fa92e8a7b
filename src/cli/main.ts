#!/usr/bin/env node
// The command line's entry. On Linux the work is done in a child process (reexec.ts says why): the parent then loads nothing else.
import { followParent, needsReexec, reexec } from '../lib/reexec.ts';

if (needsReexec(process.platform, process.env)) {
  process.exitCode = await reexec();
} else {
  followParent();
  const { main } = await import('./run.ts');
  await main();
}
