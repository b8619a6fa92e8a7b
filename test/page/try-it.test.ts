// Networks in the browser, on a photo and on a camera whose picture is known: a red square on blue, and a network that sees what is red.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeResult } from '../../src/contracts/result.ts';
import { loadArchitecture } from '../../src/network/architecture.ts';
import { deployArchitecture, randomWeights } from '../../src/network/deploy.ts';
import { networkModules } from '../../src/network/modules.ts';
import { startServer } from '../../src/pipeline/commands/serve.ts';
import { writeCheckpoint } from '../../src/training/checkpoint.ts';
import { exampleResult } from '../report/example.ts';
import { type Convention, conventionModel } from '../runtime/conventions.ts';
import { accessibilityOf, executablePath, launch, openPage } from './browser.ts';

const [width, height] = [640, 360];
const square = { left: 240, top: 100, width: 160, height: 160 };
const [inside, outside] = [
  [320, 180],
  [60, 60],
] as const;

/** One frame of the photo as the camera's file has it: Y, then U and V of half the sides. */
function cameraFile(): Buffer {
  const plane = (scale: number, red: number, blue: number): Buffer =>
    Buffer.from(
      Array.from({ length: (width * height) / scale ** 2 }, (_, i) => {
        const [x, y] = [scale * (i % (width / scale)), scale * Math.floor(i / (width / scale))];
        const isIn =
          x >= square.left && x < square.left + square.width && y >= square.top && y < square.top + square.height;
        return isIn ? red : blue;
      }),
    );
  const frame = Buffer.concat([Buffer.from('FRAME\n'), plane(1, 81, 41), plane(2, 90, 240), plane(2, 240, 110)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

describe.runIf(executablePath)('networks in the served page', () => {
  let files: string;
  let browser: Browser;
  let folder: string;
  let close: () => void;
  let address: string;
  const photo = (): string => join(files, 'photo.png');
  beforeAll(async () => {
    files = mkdtempSync(join(tmpdir(), 'try-'));
    writeFileSync(join(files, 'camera.y4m'), cameraFile());
    const red = { create: { ...square, channels: 3 as const, background: '#f00000' } };
    await sharp({ create: { width, height, channels: 3, background: '#0000ff' } })
      .composite([{ input: red, left: square.left, top: square.top }])
      .png()
      .toFile(photo());
    browser = await launch({ video: join(files, 'camera.y4m') });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(files, { recursive: true });
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'served-'));
    const architecture = await loadArchitecture('mobilenetv3-small');
    const size = { height: 64, width: 64 };
    const { head, layers, tail } = networkModules(architecture, size);
    const weights = randomWeights([head, ...layers, tail], 1);
    writeFileSync(join(folder, 'model.onnx'), deployArchitecture(architecture, weights, size));
    const [own, large] = exampleResult.networks;
    const baseline = { ...large!, name: 'mobilenetv3-small' };
    await writeResult(join(folder, 'result.json'), { ...exampleResult, input: size, networks: [own!, baseline] });
    mkdirSync(join(folder, 'checkpoints'));
    const tensors = new Map([...weights].map(([name, data]) => [`weight:${name}`, data]));
    await writeCheckpoint(join(folder, 'checkpoints/train-mobilenetv3-small.safetensors'), { tensors, meta: '{}' });
    const served = await startServer({ run: folder, models: [], port: 0 });
    const { port } = new URL(served.address);
    const second = startServer({ run: folder, models: [], port: Number(port) });
    await expect(second).rejects.toThrow(/^port \d+: .*EADDRINUSE.*; give another --port/);
    address = served.address;
    close = () => {
      served.server.closeAllConnections();
      served.server.close();
    };
  });
  afterEach(() => {
    close();
    rmSync(folder, { recursive: true });
  });

  /** Writes a network that sees red to a file, and chooses it. */
  async function chooseFile(page: Page, convention: Convention = {}): Promise<void> {
    writeFileSync(join(folder, 'red.onnx'), conventionModel(convention));
    await page.getByLabel('Network from a file').setInputFiles(join(folder, 'red.onnx'));
  }

  const isAt = (page: Page, [x, y]: readonly [number, number]): Promise<number[]> =>
    page.evaluate(
      `[...document.querySelector('#try').parentElement.querySelector('canvas').getContext('2d').getImageData(${x}, ${y}, 1, 1).data]`,
    );
  const red = (color: readonly number[]): boolean => color[0]! > 180 && color[1]! < 60;
  const green = (color: readonly number[]): boolean => color[0]! < 60 && color[1]! > 140;
  /** Whether the person is there and the background is green. */
  const isCut = async (page: Page): Promise<boolean> =>
    red(await isAt(page, inside)) && green(await isAt(page, outside));

  test("the run's network and its baseline run side by side on a photo, and ask nobody else", async () => {
    const { page, problems, requests } = await openPage(browser, address);
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
    expect(await page.getByLabel('Network', { exact: true }).locator('option').allTextContents()).toEqual([
      'mobilenetv3-small',
      'mobilenetv3-small',
    ]);
    await page.getByLabel('Background').selectOption('mask');
    await page.getByLabel('Photo or video').setInputFiles(photo());
    await page.getByText('ms a frame in this browser').waitFor();
    await page.getByLabel('Beside it').selectOption('1');
    await expect.poll(() => page.getByText('ms a frame in this browser').count()).toBe(2);
    // The same weights, from the exported model and from the checkpoint: the same gray picture, all of it opaque.
    const picture = await page.evaluate(`(() => {
      const [one, other] = [...document.querySelectorAll('.panel canvas')].map(
        (canvas) => canvas.getContext('2d').getImageData(0, 0, ${width}, ${height}).data,
      );
      const isGray = (i) => one[i] === one[i + 1] && one[i] === one[i + 2] && one[i + 3] === 255;
      const pixels = Array.from({ length: one.length / 4 }, (_, i) => 4 * i);
      return { gray: pixels.every(isGray), grays: new Set(pixels.map((i) => one[i])).size > 1, same: one.every((value, i) => value === other[i]) };
    })()`);
    expect(picture).toEqual({ gray: true, grays: true, same: true });
    expect(await page.getByText('ms a frame').first().textContent()).toContain('CPU (WebAssembly');
    expect(await accessibilityOf(page)).toEqual([]);
    expect(problems).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(address) && !url.startsWith('blob:'))).toEqual([]);
    await page.close();
  });

  test.each<[string, Convention, string | undefined]>([
    ['with a probability', {}, undefined],
    ['with two logits, channels last', { output: 'two logits', layout: 'NHWC' }, undefined],
    ['for pixels from -1 to 1', { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }, 'symmetric'],
  ])('a network from a file %s cuts out what it sees', async (_, convention, pixels) => {
    const { page, problems } = await openPage(browser, address);
    await page.getByLabel('Background').selectOption('color');
    await chooseFile(page, convention);
    if (pixels) await page.getByLabel('Its pixels').selectOption(pixels);
    await page.getByLabel('Photo or video').setInputFiles(photo());
    await page.getByText('red.onnx: ').waitFor();
    await expect.poll(() => isCut(page)).toBe(true);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a file that is not a network is told, and another one can be chosen', async () => {
    const { page } = await openPage(browser, address);
    await page.getByLabel('Photo or video').setInputFiles(photo());
    await page.getByText('ms a frame in this browser').waitFor();
    writeFileSync(join(folder, 'broken.onnx'), 'nothing');
    await page.getByLabel('Network from a file').setInputFiles(join(folder, 'broken.onnx'));
    await page.getByText('This did not work').waitFor();
    await page.getByLabel('Background').selectOption('color');
    await chooseFile(page);
    await expect.poll(() => isCut(page), { timeout: 30_000 }).toBe(true);
    await page.close();
  });

  test('on the camera the person is cut out of every frame, until it is stopped', async () => {
    const { page, problems } = await openPage(browser, address, { permissions: ['camera'] });
    await page.getByLabel('Background').selectOption('color');
    await chooseFile(page);
    await page.getByRole('button', { name: 'Start camera' }).click();
    await expect.poll(() => isCut(page), { timeout: 60_000 }).toBe(true);
    await page.getByRole('button', { name: 'Stop camera' }).click();
    await page.getByText('Choose a photo or a video').waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  test('clicks of the camera faster than it starts leave no camera on', async () => {
    const { page, problems } = await openPage(browser, address, { permissions: ['camera'] });
    await page.evaluate(`(() => {
      window.tracks = [];
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (asked) => {
        const stream = await open(asked);
        window.tracks.push(...stream.getTracks());
        return stream;
      };
    })()`);
    await page.getByLabel('Photo or video').setInputFiles(photo());
    // While the network is still loading.
    await page.evaluate(`(() => {
      const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Start camera');
      for (let i = 0; i < 3; i++) button.click();
    })()`);
    await page.getByRole('button', { name: 'Stop camera' }).click();
    await page.getByText('Choose a photo or a video').waitFor();
    await page.getByRole('button', { name: 'Start camera' }).click();
    await page.getByRole('button', { name: 'Stop camera' }).click();
    await page.getByText('Choose a photo or a video').waitFor();
    await expect
      .poll(() => page.evaluate('window.tracks.map(({ readyState }) => readyState)'))
      .toEqual(['ended', 'ended']);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a page under another name, which points to this machine, gets nothing', async () => {
    const { port } = new URL(address);
    const status = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get({ port, path: '/', headers: { host } }, (response) => resolve(response.resume().statusCode)).on(
          'error',
          reject,
        );
      });
    expect(await status(`127.0.0.1:${port}`)).toBe(200);
    expect(await status(`localhost:${port}`)).toBe(200);
    expect(await status(`evil.example:${port}`)).toBe(403);
    expect(await status('127.0.0.1')).toBe(403);
  });

  test('where there is a GPU, it is chosen, said, and gives the same', async ({ skip }) => {
    const withGpu = await launch({ gpu: true });
    try {
      const { page, problems, requests } = await openPage(withGpu, address);
      const there = await page.evaluate('navigator.gpu?.requestAdapter().then(Boolean)');
      skip(!there, 'this Chromium computes no GPU');
      await expect.poll(() => page.getByLabel('Runs on').inputValue()).toBe('webgpu');
      await page.getByLabel('Background').selectOption('color');
      await chooseFile(page);
      await page.getByLabel('Photo or video').setInputFiles(photo());
      await page.getByText('GPU (WebGPU)', { exact: false }).last().waitFor();
      await expect.poll(() => page.locator('.panel .status').first().textContent()).toContain('GPU (WebGPU)');
      await expect.poll(() => isCut(page)).toBe(true);
      expect(problems).toEqual([]);
      expect(requests.filter((url) => !url.startsWith(address) && !url.startsWith('blob:'))).toEqual([]);
    } finally {
      await withGpu.close();
    }
  });
});
