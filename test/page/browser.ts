// A real Chromium for the tests of pages: what they ask for, what goes wrong in them, and what stands in the way of people.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

export const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Without these, Chromium asks hosts of its own for updates. */
const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
/** A GPU that is computed: it is slow, and what runs on it runs as on a real one. */
const computedGpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];

/** @param options `video`: what the camera sees, a y4m file; `gpu`: whether there is one */
export function launch({
  video,
  gpu = false,
}: {
  readonly video?: string;
  readonly gpu?: boolean;
} = {}): Promise<Browser> {
  const args = [
    ...quiet,
    ...camera,
    ...(gpu ? computedGpu : ['--disable-gpu']),
    ...(video ? [`--use-file-for-fake-video-capture=${video}`] : []),
  ];
  return chromium.launch({ executablePath: executablePath!, args });
}

/** A page with plots that notes what went wrong in it and what it asked for. */
export async function openPage(browser: Browser, url: string, options: Parameters<Browser['newPage']>[0] = {}) {
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
export async function accessibilityOf(page: Page): Promise<string[]> {
  const { violations } = (await page.evaluate(`${axe}; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })`)) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
