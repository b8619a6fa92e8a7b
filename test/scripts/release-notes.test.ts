// What a release is refused for, and the notes that it gets.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
const changelog =
  '# Changelog\n\n## [Unreleased]\n\n- later\n\n## [1.2.3] - 2026-01-02\n\n### Added\n\n- a thing\n\n## [1.2.2]\n\n- old\n';
const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
const release = (tag: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/release-notes.mjs', tag, folder], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  mkdirSync(join(folder, 'dist', 'native'), { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'dist/native/package.json'])
    write(file, '{"version":"1.2.3"}');
  write('CHANGELOG.md', changelog);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('prints the changelog of the version and nothing of its neighbors', () => {
  expect(release('v1.2.3')).toEqual({ status: 0, stdout: '### Added\n\n- a thing\n', stderr: '' });
});

test.each([
  ['1.2.3', 'not a tag of the form vX.Y.Z'],
  ['v1.2.3-beta', 'not a tag of the form vX.Y.Z'],
  ['v1.2.4', 'package.json has version 1.2.3, the tag is v1.2.4'],
])('refuses the tag %s', (tag, problem) => {
  const ended = release(tag);
  expect(ended).toMatchObject({ status: 1, stdout: '' });
  expect(ended.stderr).toContain(problem);
});

test('refuses a package whose repository is the placeholder', () => {
  write('package.json', '{"version":"1.2.3","repository":"github.com/OWNER/proxyless-ci"}');
  expect(release('v1.2.3').stderr).toContain('placeholder OWNER');
  write('package.json', '{"version":"1.2.3"}');
});

test('refuses a version that the changelog does not have', () => {
  write('CHANGELOG.md', changelog.replace('[1.2.3]', '[1.2.1]'));
  expect(release('v1.2.3').stderr).toContain('CHANGELOG.md has no section "## [1.2.3]"');
});
