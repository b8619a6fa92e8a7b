import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Field {
  readonly description: string;
  readonly default?: string;
}

test('the README says of every input and output what action.yml says', () => {
  const action = parse(readFileSync('action.yml', 'utf8')) as Record<'inputs' | 'outputs', Record<string, Field>>;
  const readme = readFileSync('README.md', 'utf8');
  const section = readme.split(/^## /m).find((text) => text.startsWith('Inputs and outputs\n'))!;
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const cell = (text: string): string => text.trim().replaceAll('|', '\\|');
  const inputs = Object.entries(action.inputs).map(
    ([name, field]) => `| \`${name}\` | ${field.default ? `\`${field.default}\`` : ''} | ${cell(field.description)} |`,
  );
  const outputs = Object.entries(action.outputs).map(([name, field]) => `| \`${name}\` | ${cell(field.description)} |`);
  expect(rows).toEqual([...inputs, ...outputs]);
});
