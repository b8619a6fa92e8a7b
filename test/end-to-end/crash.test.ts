// A process that dies in native code is followed by one without the native kernels: `npm run build` comes first.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadKernels } from '../../src/runtime/kernels-library.ts';
import { cli, cliCommand, makeTiny, type Tiny } from './tiny.ts';

let tiny: Tiny;
beforeAll(async () => {
  tiny = await makeTiny();
});
afterAll(() => tiny.remove());

/** Runs a command, and has its child process crash as soon as this stands on standard error. */
function crash(args: readonly string[], progress: string): Promise<{ code: number | null; stderr: string }> {
  const [program, ...first] = cliCommand;
  const parent = spawn(program, [...first, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  parent.stderr.on('data', (text) => {
    const before = stderr.includes(progress);
    stderr += text;
    if (before || !stderr.includes(progress)) return;
    const [child] = readFileSync(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8').split(' ');
    process.kill(Number(child), 'SIGSEGV');
  });
  return new Promise((resolve) => parent.on('close', (code) => resolve({ code, stderr })));
}

test.skipIf(loadKernels() === undefined)(
  'a training that crashes goes on from its checkpoint, with plain operators',
  async () => {
    const out = join(tiny.folder, 'run');
    const args = [
      'train',
      '--recipe',
      tiny.recipe,
      '--data',
      tiny.data,
      '--architecture',
      join(tiny.folder, 'baseline.json'),
      '--out',
      out,
    ];
    await cli(args, { progress: 'training tiny-baseline: 24 steps', signal: 'SIGTERM' });
    const { code, stderr } = await crash(args, 'training tiny-baseline: resumes at');
    expect(code, stderr).toBe(0);
    const [, after] = stderr.split(/the process that did the work died of SIGSEGV.*\n/);
    expect(after).toContain('training tiny-baseline: resumes at');
    const log = readFileSync(join(out, 'log.txt'), 'utf8');
    expect(log.match(/blocks of \d+/g)!.at(-1)).toBe('blocks of 1');
  },
);
