// The README's picture shows what the code writes of a real run's result.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readResult } from '../../src/contracts/result.ts';
import { commentMarkdown } from '../../src/report/comment.ts';

const text = readFileSync('docs/images/comment.md', 'utf8');

test('the text beside the picture is what the code writes of the kept result', async () => {
  const result = await readResult('fixtures/comment/result.json');
  expect(commentMarkdown(result, { key: 'proxyless-ci' })).toBe(text);
});

test('the picture is of that text: node scripts/comment-picture.mjs CHROMIUM draws it again', async () => {
  const { exif } = await sharp('docs/images/comment.png').metadata();
  expect(exif?.toString('latin1')).toContain(`text ${createHash('sha256').update(text).digest('hex')}`);
});
