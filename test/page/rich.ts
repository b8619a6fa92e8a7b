// A result with everything that the report page draws, a latency table with several forms of an operation, and photos. The figures are made up.
import sharp from 'sharp';
import type { PagePhotos } from '../../src/contracts/page.ts';
import type { Result } from '../../src/contracts/result.ts';
import { createRandom } from '../../src/lib/random.ts';
import { exampleResult } from '../report/example.ts';

const random = createRandom(1, 'page');
const around = (mean: number, spread: number): number => mean + spread * random.normal();
const curve = (steps: number, best: number): NonNullable<Result['networks'][number]['curve']> => ({
  losses: Array.from({ length: 100 }, (_, i) => [
    ((i + 1) * steps) / 100,
    0.2 + Math.exp(-i / 20) + 0.02 * random.uniform(),
  ]),
  mious: Array.from({ length: 8 }, (_, i) => [((i + 1) * steps) / 8, best * (1 - 0.5 * Math.exp(-i))]),
});
const [head, large, untrained] = exampleResult.networks as [
  Result['networks'][number],
  Result['networks'][number],
  Result['networks'][number],
];
const timed = (network: Result['networks'][number]): Result['networks'][number] => ({
  ...network,
  latencyBlocksMs: Array.from({ length: 10 }, () =>
    Array.from({ length: 12 }, () => Math.abs(around(network.latencyP50Ms!, 0.1)) + (random.uniform() < 0.05 ? 3 : 0)),
  ),
  latencyP50IntervalMs: [network.latencyP50Ms! - 0.05, network.latencyP50Ms! + 0.06],
  miouInterval: [network.miou! - 0.008, network.miou! + 0.007],
  boundaryIou: 0.71,
  flicker: 0.02,
  curve: curve(3000, network.miou!),
});

export const richResult: Result = {
  ...exampleResult,
  supernet: { ...exampleResult.supernet!, curve: curve(5000, 0.86) },
  search: {
    ...exampleResult.search!,
    pairs: Array.from({ length: 60 }, () => around(0, 1)).map((first) => [first, around(0.6 * first, 0.5)]),
  },
  derive: {
    ...exampleResult.derive!,
    silhouetteMiou: 0.6,
    randomSubnets: {
      count: 20,
      mean: 0.85,
      max: 0.885,
      scores: Array.from({ length: 20 }, (_, i) => 0.82 + (0.065 * i) / 19),
    },
  },
  diagnosis: {
    epochs: 25,
    seeds: 1,
    networks: Array.from({ length: 24 }, (_, i) => {
      const supernetMiou = 0.8 + 0.08 * random.uniform();
      return {
        group: i < 12 ? 'range' : 'limit',
        path: [i],
        latencyMs: 5 + i / 8,
        macs: 1e8,
        parameters: 1e6,
        supernetMiou,
        mious: [Math.min(1, around(supernetMiou + 0.05, 0.01))],
      };
    }),
    taus: (['range', 'limit'] as const).map((group) => {
      const tau = { tau: 0.5, interval: [0.2, 0.7] as [number, number] };
      return { group, networks: 12, supernet: tau, macs: tau, parameters: tau, latency: tau };
    }),
    derived: { supernetMiou: 0.89, mious: [0.93] },
  },
  networks: [
    { ...timed(head), worst: [{ id: 'photo-0', miou: 0.5, personIou: 0.4 }], worstPicture: 'worst.jpg' },
    timed({ ...large, name: 'mobilenetv3-large' }),
    timed({ ...large, name: 'mobilenetv3-small', latencyP50Ms: 6.1, miou: 0.913 }),
    untrained,
  ],
};

/** Photos of one color with a square for a person, as `photos.json` holds them. */
export async function richPhotos(): Promise<PagePhotos> {
  const [width, height] = [160, 120];
  const address = (type: string, bytes: Buffer): string => `data:image/${type};base64,${bytes.toString('base64')}`;
  const photo = sharp({ create: { width, height, channels: 3, background: '#808890' } }).webp();
  const square = async (left: number, background: object): Promise<string> => {
    const person = { create: { width: 60, height: 80, channels: 4 as const, background } };
    const clear = { create: { width, height, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0 } } };
    const png = await sharp(clear)
      .composite([{ input: person, left, top: 20 }])
      .png()
      .toBuffer();
    return address('png', png);
  };
  const pictures = {
    photo: address('webp', await photo.toBuffer()),
    truth: await square(30, { r: 0, g: 158, b: 115, alpha: 1 }),
    prediction: await square(70, { r: 213, g: 94, b: 0, alpha: 1 }),
  };
  return (['worst', 'worst', 'best'] as const).map((group, i) => {
    return { id: `photo-${i}`, group, miou: 0.5 + i / 5, personIou: 0.4 + i / 5, width, height, ...pictures };
  });
}
