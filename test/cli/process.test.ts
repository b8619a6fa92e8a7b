// Output, exit codes, signals and the child process of the command line, around a pipeline that does as it is told.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Inside the project, where the bundle finds its packages.
const folder = resolve(`node_modules/.cache/proxyless-ci-test-${process.pid}`);
const started: ChildProcess[] = [];

beforeAll(() =>
  build({
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    plugins: [
      {
        name: 'fake-pipeline',
        setup: ({ onResolve }) =>
          onResolve({ filter: /pipeline\/index\.ts$/ }, () => ({ path: resolve('test/cli/fake-pipeline.ts') })),
      },
    ],
  }),
);
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(recipe: string, args: string[] = [], env: Record<string, string> = {}) {
  const command = [`${folder}/cli.js`, 'search', '--recipe', recipe, '--data', 'd', '--out', 'o', ...args];
  const child = spawn(process.execPath, command, { env: { PATH: process.env.PATH, ...env } });
  started.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    output.stdout += data;
  });
  child.stderr.on('data', (data) => {
    output.stderr += data;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  /** Resolves with the number of the process that does the work, once it does. */
  const working = async (): Promise<number> => {
    for (;;) {
      const match = /process (\d+)\n/.exec(output.stderr);
      if (match) return Number(match[1]);
      await sleep(20);
    }
  };
  return { child, ended, working, output };
}

describe('how a command ends', () => {
  test('an outcome gives the exit code, its summary on standard output, progress on standard error', async () => {
    const { code, stdout, stderr } = await start('missed').ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'summary missed\n' });
    expect(stderr).toMatch(/^process \d+\n$/);
  });

  test('a reader that closes its end takes nothing from the command but the reader', async () => {
    const { child } = start('a');
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('--json prints JSON and nothing else, --quiet the summary and nothing else', async () => {
    const [json, quiet] = await Promise.all([
      start('a', ['--json', '--threads', '3']).ended,
      start('a', ['--quiet']).ended,
    ]);
    expect(JSON.parse(json.stdout)).toMatchObject({ threads: 3 });
    expect(json.stderr).toBe('');
    expect(quiet).toEqual({ code: 0, stdout: 'summary a\n', stderr: '' });
  });

  test("a user's error is lines without a stack and code 2, a bug a stack and code 70", async () => {
    const [bad, bug] = await Promise.all([start('bad', ['--quiet']).ended, start('bug', ['--quiet']).ended]);
    expect(bad).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: recipe.yaml: seed: wrong\nerror: recipe.yaml: input: wrong\n',
    });
    expect(bug.code).toBe(70);
    expect(bug.stderr).toMatch(/internal error[\s\S]*surprise\n +at /);
  });
});

describe.runIf(process.platform === 'linux')('the child process on Linux', () => {
  test('has the malloc settings, unless they are set already or switched off', async () => {
    const threshold = async (env: Record<string, string>) =>
      (JSON.parse((await start('a', ['--json'], env).ended).stdout) as { threshold?: string }).threshold;
    expect(
      await Promise.all([
        threshold({}),
        threshold({ MALLOC_MMAP_THRESHOLD_: '1000000000' }),
        threshold({ PROXYLESS_CI_NO_REEXEC: '1' }),
      ]),
    ).toEqual(['4294967296', '1000000000', undefined]);
  });

  test('is followed by one without native kernels where it crashed with them, and by none where it had none', async () => {
    const [followed, alone] = await Promise.all([start('crash').ended, start('crash without kernels').ended]);
    expect(followed).toMatchObject({ code: 0, stdout: 'summary crash\n' });
    expect(followed.stderr).toMatch(/^process \d+\nthe process that did the work died of SIGSEGV.*\nprocess \d+\n$/);
    expect(alone).toMatchObject({ code: 139, stdout: '' });
  });

  test('ends when its parent is killed', async () => {
    const { child, working } = start('stubborn');
    const pid = await working();
    expect(pid).not.toBe(child.pid);
    child.kill('SIGKILL');
    const isAlive = () => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    await expect.poll(isAlive, { timeout: 5000 }).toBe(false);
  });
});

describe.runIf(process.platform !== 'win32')('signals', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    '%s stops the pipeline and says that the same command resumes: exit code %i',
    async (signal, exitCode) => {
      const { child, ended, working } = start('obedient');
      await working();
      child.kill(signal);
      const { code, stderr } = await ended;
      expect(code).toBe(exitCode);
      expect(stderr).toMatch(/run the same command again to resume\n$/);
    },
  );

  test('one Ctrl-C that arrives twice counts once; a second one ends at once', async () => {
    const { child, ended, working, output } = start('stubborn');
    await working();
    child.kill('SIGINT');
    await expect.poll(() => output.stderr).toContain('SIGINT');
    child.kill('SIGINT');
    await sleep(600);
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
  });
});
