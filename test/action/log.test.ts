import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { log, say } from '../../src/action/log.ts';

afterEach(() => vi.restoreAllMocks());

function written(write: () => void): string {
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
    text += String(part);
    return true;
  });
  write();
  vi.restoreAllMocks();
  return text;
}

/** As the runner reads a line: trimmed, `::` begins a command; `##[` does so anywhere. */
const isCommand = (line: string): boolean => line.trim().startsWith('::') || line.includes('##[');

describe('names in the log', () => {
  test.each([
    '::error::owned',
    '  ::add-mask::a',
    'a\n::set-env name=x::y',
    'a\r::stop-commands::t',
    'x ##[error]owned',
  ])('cannot start a workflow command: %j', (name) => {
    for (const text of [written(() => say(name)), written(() => log.write(`${name}\n`))]) {
      expect(text.split(/\r|\n/).filter(isCommand)).toEqual([]);
      expect(text).toContain(/\w+$/.exec(name)![0]);
    }
  });

  test('go through these functions alone', () => {
    for (const file of readdirSync('src/action', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    ))
      expect(readFileSync(`src/action/${file}`, 'utf8'), file).not.toMatch(/\binfo\b.*@actions\/core|console\./);
  });
});
