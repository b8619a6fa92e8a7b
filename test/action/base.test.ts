import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { committedBase } from '../../src/action/base.ts';

let folder: string;
let origin: string;
let base: string;
let head: string;

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd, stdio: 'pipe' })
    .toString()
    .trim();

/** Not text: 0x00, 0x0d 0x0a and 0xff must come back as they are. */
const model = Buffer.from([0, 13, 10, 255, 128, 10]);
const large = Buffer.from('the content that the pointer stands for');
const oid = createHash('sha256').update(large).digest('hex');
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${large.length}\n`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'base-'));
  origin = join(folder, 'origin');
  mkdirSync(join(origin, 'models'), { recursive: true });
  git(origin, 'init', '-q', '-b', 'main');
  writeFileSync(join(origin, 'models', 'a.onnx'), model);
  writeFileSync(join(origin, 'models', 'large.onnx'), pointer);
  git(origin, 'add', '.');
  git(origin, 'commit', '-qm', 'base');
  base = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'checkout', '-qb', 'feature');
  writeFileSync(join(origin, 'models', 'a.onnx'), 'changed');
  writeFileSync(join(origin, 'models', 'new.onnx'), 'new');
  git(origin, 'add', '.');
  git(origin, 'commit', '-qm', 'head');
  head = git(origin, 'rev-parse', 'HEAD');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A checkout of the feature branch, as actions/checkout makes it. */
function checkout(...args: string[]): string {
  const workspace = mkdtempSync(join(folder, 'checkout-'));
  git(folder, 'clone', '-q', ...args, '--branch', 'feature', `file://${origin}`, workspace);
  return workspace;
}

const event = () => ({ sha: base, branch: 'main' });
const baseOf = (workspace: string, path: string, ref?: string) =>
  committedBase({ workspace, path, ref, event: event() }, join(folder, 'out'));

describe('the base', () => {
  test("is the file as committed there, byte for byte, named by the event's branch and commit", async () => {
    const found = await baseOf(checkout(), 'models/a.onnx');
    expect(found).toEqual({ file: join(folder, 'out', 'base.onnx'), name: `main (${base.slice(0, 7)})` });
    expect(readFileSync(found!.file)).toEqual(model);
  });

  test("may be a commit, a branch or only the remote's branch", async () => {
    const workspace = checkout();
    for (const ref of [base, 'main', 'origin/main']) {
      expect((await baseOf(workspace, 'models/a.onnx', ref))!.name).toBe(`${ref} (${base.slice(0, 7)})`);
      expect(readFileSync(join(folder, 'out', 'base.onnx'))).toEqual(model);
    }
    await baseOf(workspace, 'models/a.onnx', 'feature');
    expect(readFileSync(join(folder, 'out', 'base.onnx'), 'utf8')).toBe('changed');
  });

  test('is found from a workspace that is a part of the repository', async () => {
    expect(readFileSync((await baseOf(join(checkout(), 'models'), 'a.onnx'))!.file)).toEqual(model);
  });

  test('is none for a file that the head brings, and for an event without a base', async () => {
    const workspace = checkout();
    expect(await baseOf(workspace, 'models/new.onnx')).toBeUndefined();
    expect(await committedBase({ workspace, path: 'models/a.onnx' }, folder)).toBeUndefined();
  });

  test('that a shallow checkout lacks is told, with what to do', async () => {
    const shallow = checkout('--depth', '1');
    await expect(baseOf(shallow, 'models/a.onnx')).rejects.toThrow(/is not in this checkout.* fetch-depth: 0$/);
    await expect(baseOf(shallow, 'models/a.onnx', 'main')).rejects.toThrow('fetch-depth: 0');
    await expect(baseOf(checkout(), 'models/a.onnx', 'no-such-branch')).rejects.toThrow('the base no-such-branch');
  });

  test('is not fetched by a partial clone, but told', async () => {
    git(origin, 'config', 'uploadpack.allowFilter', 'true');
    await expect(baseOf(checkout('--filter=blob:none'), 'models/a.onnx')).rejects.toThrow(
      `models/a.onnx at the base main (${base.slice(0, 7)}) cannot be read`,
    );
  });

  test("in Git LFS is the content from the checkout's own store, or told with the command that fetches it", async () => {
    const workspace = checkout();
    await expect(baseOf(workspace, 'models/large.onnx')).rejects.toThrow(
      'git lfs fetch origin main --include="models/large.onnx"',
    );
    const stored = join(workspace, '.git', 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid);
    mkdirSync(dirname(stored), { recursive: true });
    writeFileSync(stored, large);
    expect(readFileSync((await baseOf(workspace, 'models/large.onnx'))!.file)).toEqual(large);
    writeFileSync(stored, 'damaged');
    await expect(baseOf(workspace, 'models/large.onnx')).rejects.toThrow('Git LFS pointer');
  });

  test('that is a folder, or a workspace without a checkout, is told', async () => {
    await expect(baseOf(checkout(), 'models')).rejects.toThrow('is no file but a folder');
    const bare = mkdtempSync(join(folder, 'bare-'));
    await expect(baseOf(bare, 'models/a.onnx')).rejects.toThrow('run actions/checkout before');
  });

  test('takes no reference for an option', async () => {
    await expect(baseOf(checkout(), 'models/a.onnx', '--exec=true')).rejects.toThrow('is not in this checkout');
    expect(head).not.toBe(base);
  });
});
