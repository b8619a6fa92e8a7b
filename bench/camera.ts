// The report page as people use it: how soon it is ready, and how many camera frames a second a network of 144 x 256 gets through in
// Chromium. The camera is Chromium's own fake one.
// Usage: node bench/run.mjs camera [MODEL...] [--seconds 10] [--chromium /usr/bin/chromium]; without a model, MobileNetV3-Small untrained
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { writeResult } from '../src/contracts/result.ts';
import { loadArchitecture } from '../src/network/architecture.ts';
import { deployArchitecture, randomWeights } from '../src/network/deploy.ts';
import { networkModules } from '../src/network/modules.ts';
import { startServer } from '../src/pipeline/commands/serve.ts';
import { exampleResult } from '../test/report/example.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '10' }, chromium: { type: 'string', default: '/usr/bin/chromium' } },
});
const size = { height: 144, width: 256 };
/** Loads of the page; each in a browser context of its own, so that nothing is cached. */
const loads = 7;

const folder = mkdtempSync(join(tmpdir(), 'camera-'));
const architecture = await loadArchitecture('mobilenetv3-small');
const { head, layers, tail } = networkModules(architecture, size);
writeFileSync(
  join(folder, 'model.onnx'),
  deployArchitecture(architecture, randomWeights([head, ...layers, tail], 1), size),
);
await writeResult(join(folder, 'result.json'), exampleResult);
const { server, address } = await startServer({ run: folder, models: positionals, port: 0 });
const browser = await chromium.launch({
  executablePath: values.chromium,
  args: [
    ...['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
    ...['--use-fake-device-for-media-stream=fps=30', '--use-fake-ui-for-media-stream'],
  ],
});
try {
  const ready: number[] = [];
  for (let i = 0; i < loads; i++) {
    const page = await browser.newPage();
    const start = performance.now();
    await page.goto(address);
    await page.waitForSelector('.uplot');
    ready.push(performance.now() - start);
    await page.close();
  }
  ready.sort((a, b) => a - b);
  console.log(
    `page ready after ${ready[loads >> 1]!.toFixed(0)} ms (${ready[0]!.toFixed(0)} to ${ready.at(-1)!.toFixed(0)}, ${loads} loads)`,
  );
  const page = await browser.newPage({ permissions: ['camera'] });
  await page.goto(address);
  const names = ['mobilenetv3-small, untrained', ...positionals.map((path) => basename(path))];
  for (const [i, name] of names.entries()) {
    await page.getByRole('combobox', { name: 'Network' }).selectOption(String(i));
    if (i === 0) await page.getByRole('button', { name: 'Start camera' }).click();
    console.log(`${name}: ${await framesOf(page)}`);
  }
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
}

/** Frames a second: the page writes its status once for each, with the milliseconds of the network. */
async function framesOf(page: Page): Promise<string> {
  await page.getByText('ms a frame in this browser').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2000);
  const texts = (await page.evaluate(`new Promise((resolve) => {
    const texts = [];
    const observer = new MutationObserver(() => texts.push(document.querySelector('.panel .status').textContent));
    observer.observe(document.querySelector('.panel .status'), { childList: true, characterData: true, subtree: true });
    setTimeout(() => { observer.disconnect(); resolve(texts); }, ${1000 * Number(values.seconds)});
  })`)) as string[];
  const ms = texts.map((text) => Number(/: ([\d.]+) ms/.exec(text)?.[1])).sort((a, b) => a - b);
  const threads = /(\d+) threads?\)$/.exec(texts[0] ?? '')?.[1] ?? '?';
  return `${(texts.length / Number(values.seconds)).toFixed(1)} frames a second, network ${ms[ms.length >> 1]} ms (median), ${threads} threads`;
}
