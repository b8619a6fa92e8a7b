// The package as a user installs it: packed, installed into an empty folder, run from there. `npm run build` comes first.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTiny, type Tiny } from './tiny.ts';

const program = promisify(execFile);
let tiny: Tiny;
let home: string;
/** Paths that the package holds. */
let packed: string[];
const installed = (...path: string[]): string => join(home, 'node_modules', 'proxyless-ci', ...path);
/** Runs what `npx proxyless-ci` finds in the folder; the registry is not asked. */
const npx = (args: readonly string[], cwd = home) =>
  program('npx', ['--offline', '--prefix', home, 'proxyless-ci', ...args], { cwd });

beforeAll(async () => {
  tiny = await makeTiny();
  home = mkdtempSync(join(tmpdir(), 'package-'));
  const { stdout } = await program('npm', ['pack', '--json', '--pack-destination', home]);
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  packed = files.map(({ path }) => path);
  writeFileSync(join(home, 'package.json'), '{"private":true}');
  // Install scripts fetch GPU libraries, which nothing here uses.
  await program('npm', ['install', '--prefer-offline', '--ignore-scripts', `./${filename}`], { cwd: home });
});
afterAll(() => {
  rmSync(home, { recursive: true });
  tiny.remove();
});

test('holds what runs, its data and its licenses; no sources, tests or documentation', () => {
  const folders = new Set(packed.map((path) => path.split('/')[0]));
  expect([...folders].sort()).toEqual(
    [
      'CHANGELOG.md',
      'LICENSE',
      'NOTICE',
      'README.md',
      'dist',
      'docs',
      'fixtures',
      'package.json',
      'schemas',
      'search',
    ].sort(),
  );
  expect(packed.filter((path) => path.startsWith('docs/') && !path.startsWith('docs/workflows/'))).toEqual([]);
  expect(packed).toContain('dist/licenses.txt');
});

test('holds every file that its programs import, and no file of the Action', () => {
  const missing = packed
    .filter((path) => path.startsWith('dist/') && path.endsWith('.js'))
    .flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/["']\.\/([\w-]+\.js)["']/g)].map(([, file]) => `dist/${file}`),
    )
    .filter((path) => existsSync(path) && !packed.includes(path));
  expect(missing).toEqual([]);
  expect(packed).not.toContain('dist/action.js');
});

test('installs the native packages and what they need, and nothing that only building needs', () => {
  const { dependencies } = JSON.parse(readFileSync('dist/native/package.json', 'utf8')) as { dependencies: object };
  const manifest = JSON.parse(readFileSync(installed('package.json'), 'utf8')) as Record<string, object | undefined>;
  expect(Object.keys(manifest.dependencies!).sort()).toEqual(Object.keys(dependencies).sort());
  expect(manifest.optionalDependencies).toBeUndefined();
  const lock = JSON.parse(readFileSync('dist/native/package-lock.json', 'utf8')) as { packages: object };
  const known = Object.keys(lock.packages);
  const here = readdirSync(join(home, 'node_modules')).filter((name) => !/^[.@]/.test(name) && name !== 'proxyless-ci');
  expect(here.filter((name) => !known.includes(`node_modules/${name}`))).toEqual([]);
});

test('shows its help', async () => {
  const { stdout } = await npx(['--help']);
  expect(stdout).toContain('Usage: proxyless-ci');
});

test('writes a workflow into a repository', async () => {
  const repository = join(home, 'repository');
  mkdirSync(repository);
  await program('git', ['init', '-q', repository]);
  await npx(['init', '--action', `acme/proxyless-ci@${'0123456789'.repeat(4)}`], repository);
  expect(existsSync(join(repository, '.github', 'workflows', 'proxyless-ci.yml'))).toBe(true);
});

test('goes from latency table to report, and on its own photos takes its own recipe', async () => {
  const out = join(home, 'run');
  await npx(['search', '--recipe', resolve(tiny.recipe), '--data', resolve(tiny.data), '--out', out, '--quiet']);
  for (const name of ['model.onnx', 'report.md', 'result.json']) expect(existsSync(join(out, name)), name).toBe(true);
  expect(existsSync(installed('search', 'recipes', 'quickstart.yaml'))).toBe(true);
  expect(existsSync(installed('fixtures', 'portraits', 'splits.json'))).toBe(true);
});
