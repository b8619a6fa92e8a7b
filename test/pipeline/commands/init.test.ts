import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runInit } from '../../../src/pipeline/commands/init.ts';
import { loadRecipe } from '../../../src/pipeline/recipe-file.ts';

let folder: string;
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd, stdio: 'pipe' })
    .toString()
    .trim();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'));
  git(folder, 'init', '-q', '-b', 'trunk');
});
afterEach(() => rmSync(folder, { recursive: true }));

const workflow = '.github/workflows/proxyless-ci.yml';
const action = 'acme/proxyless-ci@0123abc';
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const init = (force = false) => runInit({ folder, force, action });

/** What the workflow gives the Action. */
function given(): Record<string, string> {
  const [job] = Object.values<{ steps: { uses: string; with: Record<string, string> }[] }>(parse(read(workflow)).jobs);
  return job!.steps.find(({ uses }) => uses === action)!.with;
}

function track(...models: string[]): void {
  for (const model of models) {
    mkdirSync(dirname(join(folder, model)), { recursive: true });
    writeFileSync(join(folder, model), '');
    git(folder, 'add', model);
  }
}

describe('init', () => {
  test('writes a gate without budgets on the ONNX file that git tracks, and no recipe', async () => {
    track('models/face: a.onnx');
    writeFileSync(join(folder, 'untracked.onnx'), '');
    const { exitCode, summary, json } = await init();
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ written: [workflow], models: ['models/face: a.onnx'], branch: 'trunk' });
    expect(given()).toEqual({ model: 'models/face: a.onnx' });
    expect(parse(read(workflow)).on.push.branches).toEqual(['trunk']);
    expect(summary).not.toMatch(/OWNER|COMMIT_SHA/);
    expect(read(workflow)).not.toMatch(/OWNER|COMMIT_SHA/);
    expect((await init()).json).toMatchObject({ written: [] });
  });

  test('lists several models', async () => {
    track('a.onnx', 'b/c.onnx');
    await init();
    expect(given().model!.trim().split('\n')).toEqual(['a.onnx', 'b/c.onnx']);
  });

  test('has the checkout fetch what Git LFS keeps', async () => {
    writeFileSync(join(folder, '.gitattributes'), '*.onnx filter=lfs diff=lfs merge=lfs -text\n');
    track('a.onnx');
    await init();
    const [job] = Object.values<{ steps: { with: Record<string, unknown>; run?: string }[] }>(
      parse(read(workflow)).jobs,
    );
    expect(job!.steps[1]!.run).toBe('git lfs fetch origin HEAD^1');
    expect(job!.steps[0]!.with).toMatchObject({ 'fetch-depth': 0, lfs: true });
  });

  test('writes a search where there is no model, with a recipe that is valid and its schema', async () => {
    const { summary, json } = await init();
    const { written } = json as { written: string[] };
    for (const name of written) expect(summary).toContain(`wrote ${name}`);
    const { recipe } = given();
    expect((await loadRecipe(join(folder, recipe!))).budgets.maxLatencyVs).toEqual({ 'mobilenetv3-large': 1 });
    const [, schema] = /\$schema=(\S+)/.exec(read(recipe!))!;
    expect(JSON.parse(readFileSync(resolve(folder, dirname(recipe!), schema!), 'utf8')).title).toBe(
      'proxyless-ci recipe',
    );
  });

  test('takes the default branch from the remote', async () => {
    git(folder, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/release/2');
    expect((await init()).json).toMatchObject({ branch: 'release/2' });
    expect(parse(read(workflow)).on.push.branches).toEqual(['release/2']);
  });

  test('overwrites a file only with force, and without it writes nothing at all', async () => {
    mkdirSync(join(folder, '.github/proxyless-ci'), { recursive: true });
    writeFileSync(join(folder, '.github/proxyless-ci/pr.yaml'), 'mine');
    await expect(init()).rejects.toThrow(/pr\.yaml: exists, /);
    expect(readdirSync(join(folder, '.github'))).toEqual(['proxyless-ci']);
    await init(true);
    expect(read('.github/proxyless-ci/pr.yaml')).toContain('budgets:');
  });

  test('refuses a folder that is not the root of a repository, and an Action that is no repository with a commit', async () => {
    await expect(runInit({ folder, force: false, action: 'latest' })).rejects.toThrow('OWNER/NAME@COMMIT');
    rmSync(join(folder, '.git'), { recursive: true });
    await expect(init()).rejects.toThrow(/not the root of a git repository/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the built command line, without any other package', () => {
  /** The package as `npm pack` makes it, in a folder: what is in the tarball and nothing else. */
  function unpacked(): string {
    const [{ filename }] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
        stdio: 'pipe',
      }).toString(),
    );
    execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
    return join(folder, 'package');
  }
  const run = (root: string, ...args: string[]): string =>
    execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'init', ...args], {
      cwd: join(folder, 'repo'),
      stdio: 'pipe',
    }).toString();

  test('writes from a packed tarball what --action names, and from a clone the commit that its remote has', async () => {
    const root = unpacked();
    git(folder, 'init', '-q', 'repo');
    expect(() => run(root)).toThrow(/not a clone of the Action's repository.*--action OWNER\/NAME@COMMIT/);
    expect(run(root, '--action', action)).toContain(`wrote ${workflow}`);
    expect(readFileSync(join(folder, 'repo', workflow), 'utf8')).toContain(`uses: ${action} `);

    mkdirSync(join(folder, 'acme'));
    git(folder, 'init', '-q', '--bare', 'acme/tool.git');
    const clone = join(folder, 'clone');
    cpSync(root, clone, { recursive: true });
    git(clone, 'init', '-q', '-b', 'main');
    git(clone, 'add', '-f', 'package.json');
    git(clone, 'commit', '-qm', 'one');
    git(clone, 'remote', 'add', 'origin', `file://${join(folder, 'acme/tool.git')}`);
    expect(() => run(clone, '--force')).toThrow(/is on no branch of its remote; push it/);
    git(clone, 'push', '-q', 'origin', 'main');
    run(clone, '--force');
    const commit = git(clone, 'rev-parse', 'HEAD');
    expect(readFileSync(join(folder, 'repo', workflow), 'utf8')).toContain(`uses: acme/tool@${commit} `);
  });
});

test('no text invites to run npx with a name that is not in the registry', () => {
  const files = git(
    '.',
    'grep',
    '-l',
    '-e',
    'npx proxyless-ci',
    '--',
    'README.md',
    'src',
    'docs/workflows',
    'docs/guide',
    'action.yml',
  );
  // In a project that has installed the packed tarball.
  expect(files).toBe('docs/guide/getting-started.md');
});
