// The page of a branch's history, as the Action puts it beside history.json.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../../src/contracts/history.ts';
import { pageAssets } from '../../src/lib/page-assets.ts';
import { historyPage } from '../../src/report/html.ts';
import { accessibilityOf, executablePath, launch, openPage } from './browser.ts';

const entries = Array.from({ length: 12 }, (_, i): HistoryEntry => {
  const latencyP50Ms = 5 + i / 100;
  return {
    commit: String(i).padStart(2, '0').repeat(20),
    createdAt: '2026-01-02T03:04:05Z',
    hardware: i % 3 === 0 ? 'other' : 'zen5',
    miou: 0.9,
    latencyP50Ms,
    latencyP50IntervalMs: [latencyP50Ms - 0.1, latencyP50Ms + 0.1],
    ...(i === 5 ? { accepted: '<b>meant</b>' } : {}),
  };
});

describe.runIf(executablePath)('history page in a browser', () => {
  let browser: Browser;
  let server: Server;
  let address: string;
  let history: string | undefined;
  beforeAll(async () => {
    browser = await launch();
    const page = historyPage(await pageAssets('history'));
    server = createServer(({ url }, response) => {
      if (url === '/history.json' && history !== undefined) response.end(history);
      else if (url === '/') response.setHeader('content-type', 'text/html').end(page);
      else response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  test.each(['light', 'dark'] as const)(
    'draws both figures of each subject in %s without barriers',
    async (colorScheme) => {
      history = JSON.stringify({ subjects: { a: { title: '<i>models/a.onnx</i>', entries } } });
      const options = { colorScheme, viewport: { width: 360, height: 700 } };
      const { page, problems, requests } = await openPage(browser, address, options);
      expect(problems).toEqual([]);
      expect(requests).toEqual([address, `${address}history.json`]);
      expect(await page.locator('h2').allTextContents()).toEqual(['<i>models/a.onnx</i>']);
      expect(await page.locator('.uplot').count()).toBe(2);
      await page.locator('summary').click();
      expect(await page.locator('tbody tr').count()).toBe(12);
      expect(await page.locator('td b').count()).toBe(0);
      expect(await accessibilityOf(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      const latency = page.getByRole('group', { name: /^Median latency of 12 commits/ });
      await latency.focus();
      await page.keyboard.press('ArrowRight');
      await expect
        .poll(() => page.getByRole('status').first().textContent())
        .toContain('commit 0000000. other: 5.00 ms');
      await page.close();
    },
  );

  test('says where there is no history', async () => {
    history = undefined;
    const page = await browser.newPage();
    await page.goto(address);
    expect(await page.getByRole('alert').textContent()).toContain('history.json cannot be shown: 404');
    await page.close();
  });
});
