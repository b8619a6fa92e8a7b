import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { photosFile } from '../../src/contracts/page.ts';
import type { Result } from '../../src/contracts/result.ts';
import { loadSpace } from '../../src/network/space.ts';
import { writePage } from '../../src/pipeline/page.ts';
import { withoutPhotos } from '../../src/report/html.ts';
import { sampleTable } from '../latency/sample-table.ts';
import { exampleResult } from '../report/example.ts';
import { accessibilityOf, executablePath, launch, openPage } from './browser.ts';
import { richPhotos, richResult } from './rich.ts';

describe.runIf(executablePath)('report page in a browser', () => {
  let browser: Browser;
  let folder: string;
  let file: string;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'page-'));
    file = join(folder, 'report.html');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (options?: Parameters<Browser['newPage']>[0]) => openPage(browser, pathToFileURL(file).href, options);
  const table = async () => sampleTable(await loadSpace('person-wide'), { height: 160, width: 160 });

  /** Writes the page of a result with everything that can be drawn. */
  async function writeRich(): Promise<void> {
    const photos = { schema: 'proxyless-ci/photos@1', photos: await richPhotos() };
    writeFileSync(join(folder, photosFile), JSON.stringify(photos));
    await writePage(folder, richResult, await table());
  }

  test('opens from a file without asking for anything, with all that a run has, and is small', async () => {
    await writeRich();
    expect(statSync(file).size).toBeLessThan(300_000);
    const { page, problems, requests } = await open();
    expect(problems).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(requests.filter((url) => url.startsWith('file:'))).toHaveLength(1);
    expect(await page.locator('h2').allTextContents()).toEqual([
      'Accuracy over latency',
      'Networks',
      'Budgets',
      'Try it',
      'Photos',
      'Latency, timing by timing',
      'Training',
      'Did the search work?',
      'Architecture, layer by layer',
      'Latency table, milliseconds',
    ]);
    await page.close();
  });

  test('a result that has little leaves the rest out', async () => {
    await writePage(folder, exampleResult);
    const { page, problems } = await open();
    expect(problems).toEqual([]);
    const headings = await page.locator('h2').allTextContents();
    for (const absent of ['Photos', 'Training', 'Latency, timing by timing', 'Latency table, milliseconds'])
      expect(headings).not.toContain(absent);
    await page.close();
  });

  test('shows what is judged: the mean over seeds, budgets in their units, each data set, and what is wrong', async () => {
    const [head, ...others] = exampleResult.networks;
    const sets = [
      { name: 'portraits', images: 6, miou: 0.91, personIou: 0.9, backgroundIou: 0.92 },
      { name: 'street', images: 4, miou: 0.71, personIou: 0.7, backgroundIou: 0.72 },
    ];
    const seeds = { mious: [0.93, 0.91], mean: 0.92, deviation: 0.014 };
    const judged = { ...head!, miou: 0.93, seeds, sets, silhouetteMiou: 0.95, reading: 'softmax:1' };
    const ofSets = sets.map(({ name }) => ({ name, weight: 1, train: 8, val: 4 }));
    await writePage(folder, {
      ...exampleResult,
      networks: [judged, ...others],
      data: { ...exampleResult.data!, sets: ofSets },
      budgets: [
        { name: 'min-miou', limit: 0.9, actual: 0.92, margin: 0.02, met: null },
        { name: 'max-params', limit: 2_916_543, actual: 2_917_100, margin: -557, met: false },
      ],
    });
    const { page } = await open();
    const text = await page.locator('main').innerText();
    expect(text).toContain('92.00 %');
    expect(text).not.toContain('93.00 %');
    expect(text).toContain('too close to tell, +2.0 pt');
    expect(text).toMatch(/max-params\s+2\.92 M\s+2\.92 M\s+missed/);
    expect(text).toContain('71.0 %');
    expect(text).toContain('the model is probably read wrongly. It was read as: softmax:1');
    await page.close();
  });

  test('what stands in a result is text, never markup', async () => {
    const evil = '</script><img src=x onerror="document.title=\'owned\'">';
    const [head, ...others] = richResult.networks;
    const result: Result = { ...richResult, reason: evil, networks: [{ ...head!, name: evil }, ...others] };
    await writePage(folder, { ...result, networks: result.networks.map(({ worstPicture, ...network }) => network) });
    const { page, problems } = await open();
    expect(problems).toEqual([]);
    expect(await page.title()).toBe('proxyless-ci report');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('.verdict').textContent()).toContain(evil);
    await page.close();
  });

  test.each(['light', 'dark'] as const)(
    'has no barriers in %s, and fits a screen of 360 pixels',
    async (colorScheme) => {
      await writeRich();
      const { page } = await open({ colorScheme, viewport: { width: 360, height: 700 } });
      expect(await accessibilityOf(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await page.close();
    },
  );

  test('the slider of a photo goes from the prediction to the true mask, by keyboard and by pointer', async () => {
    await writeRich();
    const { page } = await open();
    const stage = page.locator('.stage').first();
    const slider = page.getByRole('slider').first();
    /** The pixel at a share of the width and half the height. */
    const colorAt = async (share: number): Promise<string> => {
      const { data, info } = await sharp(await stage.screenshot())
        .raw()
        .toBuffer({ resolveWithObject: true });
      const at = info.channels * (Math.floor(info.height / 2) * info.width + Math.floor(share * info.width));
      const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
      return r > 180 && g < 140
        ? 'prediction'
        : g > 130 && r < 60
          ? 'truth'
          : Math.abs(r - 128) + Math.abs(g - 136) + Math.abs(b - 144) < 12
            ? 'photo'
            : `${r},${g},${b}`;
    };
    // The true person stands from 19 to 56 % of the width, the predicted one from 44 to 81 %.
    await slider.focus();
    await page.keyboard.press('End');
    expect([await colorAt(0.3), await colorAt(0.7)]).toEqual(['truth', 'photo']);
    await page.keyboard.press('Home');
    expect([await colorAt(0.3), await colorAt(0.7)]).toEqual(['photo', 'prediction']);
    const { x, y, width } = (await stage.boundingBox())!;
    await page.mouse.click(x + width / 2, y + 20);
    expect([await colorAt(0.3), await colorAt(0.7)]).toEqual(['truth', 'prediction']);
    expect(Number(await slider.inputValue())).toBeCloseTo(50, -1);
    await page.close();
  });

  test('curves are told by arrow keys, and hidden and shown by buttons', async () => {
    await writeRich();
    const { page } = await open();
    const training = page.locator('section', { has: page.locator('#curves') });
    const losses = training.getByRole('group', { name: /^Loss of supernet, c1/ });
    await losses.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    const told = training.getByRole('status').first();
    const [, third] = richResult.supernet!.curve!.losses[2]!;
    await expect.poll(() => told.textContent()).toContain(`training 3 %. supernet: ${third.toFixed(3)}`);
    const button = training.getByRole('button', { name: 'supernet' }).first();
    await button.press('Enter');
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    await losses.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => told.textContent()).toMatch(/training 4 %\. c1: /);
    await page.close();
  });

  test('every timing is a dot, and every form of an operation has its row in the latency table', async () => {
    await writeRich();
    const { page } = await open();
    // But for the slowest hundredth of each network, which is told in words.
    const drawn = await page.locator('.strip circle').count();
    const words = await page.locator('.strips .name .facts').allTextContents();
    const beyond = words.reduce((sum, text) => sum + Number(/, (\d+) of/.exec(text)?.[1] ?? 0), 0);
    expect(drawn + beyond).toBe(3 * 120);
    const { entries, space } = await table();
    expect(await page.locator('.map tbody tr').count()).toBe(
      new Set(entries.map(({ operation, variant }) => `${operation} ${variant}`)).size,
    );
    expect(await page.locator('.map td.heat').count()).toBe(space.layers.flat().length);
    await page.close();
  });

  test('photos can be left out of a page that is written', async () => {
    await writeRich();
    writeFileSync(file, withoutPhotos(readFileSync(file, 'utf8')));
    const { page, problems } = await open();
    expect(problems).toEqual([]);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('h2').allTextContents()).toContain('Training');
    await page.close();
  });
});
