import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { jsonSchemas } from '../../src/contracts/json-schemas.ts';

const committed = (name: string) => JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'));
const files = (folder: string): [string, string][] =>
  readdirSync(folder).map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')]);

describe('the published JSON Schemas', () => {
  test('are those of the code: npm run schemas makes them again', () => {
    const made = jsonSchemas();
    expect(readdirSync('schemas').sort()).toEqual(
      Object.keys(made)
        .map((name) => `${name}.schema.json`)
        .sort(),
    );
    for (const [name, schema] of Object.entries(made)) expect(committed(name)).toEqual(schema);
  });

  test.each([
    ['recipe', 'search/recipes'],
    ['space', 'search/spaces'],
    ['architecture', 'search/architectures'],
  ])('%s takes every file of %s, and none with a mistyped field', (name, folder) => {
    const schema = z.fromJSONSchema(committed(name));
    for (const [path, text] of files(folder)) {
      const value = parse(text);
      expect(schema.safeParse(value).error, path).toBeUndefined();
      expect(schema.safeParse({ ...value, nmae: 'x' }).success).toBe(false);
    }
  });

  test('every recipe and space that comes along names its schema for editors', () => {
    for (const [kind, folder] of [
      ['recipe', 'search/recipes'],
      ['space', 'search/spaces'],
    ] as const)
      for (const [path, text] of files(folder))
        expect(text.split('\n')[0], path).toBe(`# yaml-language-server: $schema=../../schemas/${kind}.schema.json`);
  });
});
