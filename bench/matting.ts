// How good the mattes are: drawn persons with soft hair over photos as backgrounds, whose alpha is known. The mask to start from is what a
// perfect network of 160 x 160 would give: the known alpha, averaged over its pixels and cut at one half.
// Usage: node bench/run.mjs matting FOLDER [--count 40] [--write FOLDER]; FOLDER holds images/ to take backgrounds from.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { makeForeground } from '../fixtures/generator/portraits.ts';
import { locateImages } from '../src/data/images.ts';
import { createRandom } from '../src/lib/random.ts';
import { estimateForeground } from '../src/matting/foreground.ts';
import { alphaMatte } from '../src/matting/matte.ts';
import { type MattingErrors, mattingErrors } from '../src/metrics/matting.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '40' },
    write: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const [folder] = positionals;
if (!folder) throw new Error('usage: node bench/run.mjs matting FOLDER [--count 40] [--write FOLDER]');
const paths = [...(await locateImages(folder)).values()];
const [width, height, network] = [384, 480, 160] as const;
const totals = new Map<string, { errors: MattingErrors; ms: number }[]>();
const random = createRandom(Number(values.seed), 'matting');

for (let index = 0; index < Number(values.count); index++) {
  const { foreground, alpha } = await makeForeground(random, width, height);
  const background = await sharp(paths[random.int(paths.length)]!)
    .resize(width, height, { fit: 'cover' })
    .removeAlpha()
    .toColorspace('srgb')
    .raw()
    .toBuffer();
  const rgb = Uint8Array.from(foreground, (f, i) => {
    const a = alpha[Math.floor(i / 3)]!;
    return Math.min(255, Math.max(0, a * f + (1 - a) * background[i]! + 2 * random.normal()));
  });
  const low = await resized(alpha, [width, height], [network, network]);
  const hardLow = low.map((p) => (p >= 0.5 ? 1 : 0));
  const probability = await resized(hardLow, [network, network], [width, height]);
  const hard = probability.map((p) => (p >= 0.5 ? 1 : 0));
  const photo = { rgb, width, height };
  const input = { photo, small: photo, probability, networkPixel: Math.max(width, height) / network };
  const mattes = [
    ['hard mask', () => hard],
    ['bilinear mask', () => probability],
    ['matte', () => alphaMatte(input)],
  ] as const;
  for (const [name, matteOf] of mattes) {
    const start = performance.now();
    const matte = matteOf();
    const ms = performance.now() - start;
    totals.set(name, [...(totals.get(name) ?? []), { errors: mattingErrors(matte, alpha, width, height), ms }]);
    if (values.write && index < 6) {
      await mkdir(values.write, { recursive: true });
      const front = name === 'hard mask' ? rgb : estimateForeground(rgb, matte, width, height);
      const composite = Uint8Array.from(rgb, (_, i) => {
        const a = matte[Math.floor(i / 3)]!;
        return a * front[i]! + (1 - a) * [90, 200, 120][i % 3]!;
      });
      const png = await sharp(composite, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer();
      await writeFile(join(values.write, `${index}-${name.replace(' ', '-')}.png`), png);
    }
  }
}
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
for (const [name, all] of totals) {
  const of = (key: keyof MattingErrors) => mean(all.map(({ errors }) => errors[key]));
  console.log(
    `${name.padEnd(14)} SAD ${of('sad').toFixed(3)}  MSE ${(1000 * of('mse')).toFixed(3)}e-3  Grad ${of('gradient').toFixed(3)}  Conn ${of('connectivity').toFixed(3)}  ${mean(all.map(({ ms }) => ms)).toFixed(0)} ms`,
  );
}

async function resized(
  map: Float32Array,
  [fromWidth, fromHeight]: readonly [number, number],
  [toWidth, toHeight]: readonly [number, number],
): Promise<Float32Array> {
  const { data } = await sharp(
    Uint8Array.from(map, (v) => Math.round(255 * v)),
    {
      raw: { width: fromWidth, height: fromHeight, channels: 1 },
    },
  )
    .resize(toWidth, toHeight, { fit: 'fill', kernel: toWidth < fromWidth ? 'lanczos3' : 'linear' })
    .toColorspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Float32Array.from(data, (v) => v / 255);
}
