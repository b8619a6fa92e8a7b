// The built command line, as a user runs it: `npm run build` comes first.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';

const cli = 'dist/cli.js';
// The child process on Linux has its own tests.
const env = { ...process.env, PROXYLESS_CI_NO_REEXEC: '1' };
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

/** A command's name after those of the groups that it is in. */
const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

describe('the command line', () => {
  test('--version is that of package.json', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(run('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('--help names every command and the exit codes', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    for (const name of [
      'search',
      'merge',
      'table',
      'train',
      'derive',
      'evaluate',
      'compare',
      'measure',
      'export',
      'init',
    ]) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
    expect(stdout).toContain('1 a budget is missed or head is worse than base, 2 bad input, 3 inconclusive');
  });

  test('every command has a description, --json, examples of itself and the exit codes in its --help', () => {
    const program = createProgram('0', () => Promise.resolve());
    const commands = program.commands.flatMap((command) => (command.commands.length > 0 ? command.commands : command));
    for (const command of commands) {
      let help = '';
      command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
      expect(command.description()).not.toBe('');
      expect(help).toMatch(/^ {2}--json /m);
      expect(help).toContain(`$ ${pathOf(command)} `);
      expect(help).toContain('130 interrupted');
    }
  });

  test.each([
    ['no command', [], /Usage/],
    ['an unknown command', ['serch'], /unknown command 'serch'[\s\S]*search/],
    [
      'an unknown option',
      ['table', '--recipe', 'pr', '--out', 'x', '--sed', '1'],
      /unknown option '--sed'[\s\S]*--seed/,
    ],
    ['a missing option', ['search', '--recipe', 'quickstart', '--out', 'x'], /--data/],
    [
      'a shard that is none',
      ['search', '--recipe', 'pr', '--data', 'x', '--out', 'x', '--shard', '3/2'],
      /such as 1\/3; the first is at least 1 and at most the second/,
    ],
    [
      'a seed that is none',
      ['data', 'pairs', '--images', 'a', '--masks', 'b', '--out', 'c', '--seed', 'abc'],
      /whole number/,
    ],
    [
      'a shard with a base',
      ['search', '--recipe', 'quickstart', '--data', 'x', '--out', 'x', '--shard', '1/2', '--base', 'b.onnx'],
      /cannot be used with/,
    ],
    ['a threshold without a base', ['evaluate', '--model', 'm.onnx', '--threshold', '3%'], /give --base/],
    [
      'a threshold of mIoU without photos',
      ['compare', 'mobilenetv3-small', 'mobilenetv3-large', '--recipe', 'quickstart', '--miou-threshold', '1%'],
      /no mIoU is known without photos; give --data/,
    ],
    ['an ONNX file to export without --int8', ['export', 'm.onnx', '--out', 'o.onnx'], /are for --int8/],
    ['a port that is none', ['serve', 'x', '--port', '70000'], /from 0 to 65535/],
    ['a number that is none', ['table', '--recipe', 'quickstart', '--out', 'x', '--threads', 'two'], /whole number/],
  ])('%s is bad input: exit code 2 and what to do', (_, args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });

  test('an unknown field of a recipe is an error line without a stack, and leaves no run folder', () => {
    const recipe = join(folder, 'typo.yaml');
    writeFileSync(recipe, 'input: {height: 64, width: 64}\nsupernett: {steps: 3}\n');
    const { status, stderr } = run('table', '--recipe', recipe, '--out', join(folder, 'run'));
    expect(status).toBe(2);
    expect(existsSync(join(folder, 'run'))).toBe(false);
    expect(stderr).toMatch(/^error: .*typo\.yaml: \(root\): unknown field "supernett"; did you mean "supernet"\?\n$/);
  });
});
