import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Result, writeResult } from '../../src/contracts/result.ts';
import { loadArchitecture } from '../../src/network/architecture.ts';
import { deployArchitecture, randomWeights } from '../../src/network/deploy.ts';
import { networkModules } from '../../src/network/modules.ts';
import { startServer } from '../../src/pipeline/commands/serve.ts';
import { writePage } from '../../src/pipeline/page.ts';
import { exampleResult } from '../report/example.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Without these, Chromium asks hosts of its own for updates. */
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

describe.runIf(executablePath)('report page in a browser', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath!,
      args: [...quiet, '--disable-component-update', '--disable-sync', ...camera],
    });
  });
  afterAll(() => browser.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'page-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A page that notes what went wrong in it and what it asked for. */
  async function open(url: string, options: Parameters<Browser['newPage']>[0] = {}) {
    const page = await browser.newPage(options);
    const problems: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(url);
    await page.waitForSelector('.uplot');
    return { page, problems, requests };
  }

  /** What axe finds wrong for people who use screen readers or the keyboard, or see little. */
  async function accessibilityOf(page: Page): Promise<string[]> {
    const { violations } = (await page.evaluate(`${axe}; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })`)) as {
      violations: { id: string; nodes: { html: string }[] }[];
    };
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }

  test('opens from a file without asking for anything, and is small', async () => {
    const file = join(folder, 'report.html');
    await writePage(folder, exampleResult);
    expect(statSync(file).size).toBeLessThan(300_000);
    const { page, problems, requests } = await open(pathToFileURL(file).href);
    expect(problems).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(await page.locator('h2').allTextContents()).toEqual([
      'Accuracy over latency',
      'Networks',
      'Budgets',
      'Try it',
      'Architecture, layer by layer',
    ]);
    await page.close();
  });

  test('what stands in a result is text, never markup', async () => {
    const file = join(folder, 'report.html');
    const evil = '</script><img src=x onerror="document.title=\'owned\'">';
    const [head, ...others] = exampleResult.networks;
    const result: Result = { ...exampleResult, reason: evil, networks: [{ ...head!, name: evil }, ...others] };
    await writePage(folder, result);
    const { page, problems } = await open(pathToFileURL(file).href);
    expect(problems).toEqual([]);
    expect(await page.title()).toBe('proxyless-ci report');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('.verdict').textContent()).toContain(evil);
    await page.close();
  });

  test.each(['light', 'dark'] as const)(
    'has no barriers in %s, and fits a screen of 360 pixels',
    async (colorScheme) => {
      const file = join(folder, 'report.html');
      await writePage(folder, exampleResult);
      const { page } = await open(pathToFileURL(file).href, { colorScheme, viewport: { width: 360, height: 700 } });
      expect(await accessibilityOf(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await page.close();
    },
  );

  test('served, it runs the network on a photo and on the camera, and asks nobody else', async () => {
    const architecture = await loadArchitecture('mobilenetv3-small');
    const size = { height: 64, width: 64 };
    const { head, layers, tail } = networkModules(architecture, size);
    const weights = randomWeights([head, ...layers, tail], 1);
    writeFileSync(join(folder, 'model.onnx'), deployArchitecture(architecture, weights, size));
    await writeResult(join(folder, 'result.json'), exampleResult);
    const photo = join(folder, 'photo.png');
    await sharp({ create: { width: 200, height: 150, channels: 3, background: '#d04030' } })
      .png()
      .toFile(photo);
    const { server, address } = await startServer({ run: folder, models: [], port: 0 });
    const { page, problems, requests } = await open(address, { permissions: ['camera'] });
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);

    await page.getByLabel('Background').selectOption('mask');
    await page.getByLabel('Photo or video').setInputFiles(photo);
    await page.getByText('ms a frame in this browser').waitFor();
    const canvas = "document.querySelector('#try').parentElement.querySelector('canvas')";
    const pixels = `[...${canvas}.getContext('2d').getImageData(0, 0, 200, 150).data]`;
    const mask = (await page.evaluate(pixels)) as number[];
    expect(await page.evaluate(`[${canvas}.width, ${canvas}.height]`)).toEqual([200, 150]);
    // Random weights give some mask: gray levels, all opaque.
    expect(mask.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
    await page.getByLabel('Background').selectOption('color');
    await page.waitForTimeout(200);
    expect(await page.evaluate(pixels)).not.toEqual(mask);

    await page.getByRole('button', { name: 'Start camera' }).click();
    await expect.poll(() => page.evaluate(`${canvas}.width`), { timeout: 60_000 }).toBe(640);
    expect(problems).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(address) && !url.startsWith('blob:'))).toEqual([]);
    await page.close();
    server.closeAllConnections();
    server.close();
  });
});
