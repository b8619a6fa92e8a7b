import { describe, expect, it } from 'vitest';
import { type ModelSettings, normalizeSchema } from '../../src/contracts/model.ts';
import { fromHalf, toHalf } from '../../src/lib/half.ts';
import { normalization, normalizations } from '../../src/lib/normalization.ts';
import { createRandom } from '../../src/lib/random.ts';
import { resizeMaps } from '../../src/lib/resize.ts';
import { countMacs } from '../../src/runtime/macs.ts';
import { openSegmentation } from '../../src/runtime/segmentation.ts';
import { type Convention, conventionModel, side } from './conventions.ts';

/** Two photos of random bytes, as batches hold them. */
const pixels = side.height * side.width;
const random = createRandom(3);
const bytes = Uint8Array.from({ length: 6 * pixels }, () => random.int(256));
const images = Float32Array.from(bytes, (byte, i) => {
  const channel = Math.floor(i / pixels) % 3;
  return (byte / 255 - normalization.mean[channel]!) / normalization.std[channel]!;
});

async function predict(convention: Convention, settings: ModelSettings = {}) {
  const model = await openSegmentation({ name: 'm.onnx', bytes: conventionModel(convention) }, settings, 1);
  const maps = await model.predict({ images, ...side });
  await model.release();
  return { ...maps, facts: model.facts };
}

const { mean, std } = normalizations.imagenet;
const symmetric = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };

describe('a segmentation model from elsewhere', () => {
  it.each<[string, Convention, ModelSettings, number]>([
    ['logits, found by their range', { output: 'logit' }, {}, 1e-6],
    ['channels last', { layout: 'NHWC' }, {}, 1e-6],
    ['bytes, channels last', { layout: 'NHWC', type: 'uint8' }, {}, 1e-6],
    ['half floats', { type: 'float16' }, {}, 5e-3],
    ['softmax over two channels', { output: 'softmax' }, {}, 1e-6],
    ['two logits', { output: 'two logits' }, {}, 1e-6],
    ['two logits, channels last', { output: 'two logits', layout: 'NHWC' }, {}, 1e-6],
    ['Pascal VOC', { output: 'two logits', classes: 21, person: 15 }, {}, 1e-6],
    [
      'seven classes, the person stated',
      { output: 'softmax', classes: 7, person: 3 },
      { output: { kind: 'softmax', person: 3 } },
      1e-6,
    ],
    ['the first of two classes', { output: 'softmax', person: 0 }, { output: { kind: 'softmax', person: 0 } }, 1e-6],
    ['ImageNet normalization', { mean, std }, { normalize: normalizations.imagenet }, 1e-5],
    [
      'pixels from -1 to 1, by the metadata',
      { ...symmetric, metadata: { 'Image.NominalPixelRange': 'Normalized_1_1' } },
      {},
      1e-5,
    ],
    ['BGR, by the metadata', { colors: 'BGR', metadata: { 'Image.BitmapPixelFormat': 'Bgr8' } }, {}, 1e-6],
    ['open sizes', { open: true }, { size: side }, 1e-6],
    ['several inputs and outputs', { extras: true }, { outputName: 'Sigmoid-3' }, 1e-6],
  ])('%s: gives the same probabilities', async (_, convention, settings, tolerance) => {
    const expected = await predict({});
    const { probability, height, width } = await predict(convention, settings);
    expect([height, width]).toEqual([side.height, side.width]);
    const largest = probability.reduce((most, p, i) => Math.max(most, Math.abs(p - expected.probability[i]!)), 0);
    expect(largest).toBeLessThan(tolerance);
    // The masks have something of both classes, or all of this says nothing.
    const persons = expected.probability.filter((p) => p >= 0.5).length / expected.probability.length;
    expect(persons).toBeGreaterThan(0.1);
    expect(persons).toBeLessThan(0.9);
  });

  it.each<[string, Convention, ModelSettings]>([
    ['argmax', { output: 'argmax' }, {}],
    ['argmax as floats', { output: 'argmax of floats' }, {}],
    ['argmax of five classes', { output: 'argmax', classes: 5, person: 2 }, { output: { kind: 'argmax', person: 2 } }],
  ])('%s: gives the same mask', async (_, convention, settings) => {
    const expected = await predict({});
    const { probability } = await predict(convention, settings);
    expect([...probability]).toEqual([...expected.probability].map((p) => Number(p > 0.5)));
  });

  it('an output of another size, and photos of another size', async () => {
    const small = await predict({ half: true });
    expect([small.height, small.width]).toEqual([side.height / 2, side.width / 2]);
    const model = await openSegmentation({ name: 'm', bytes: conventionModel() }, {}, 1);
    const large = { height: 2 * side.height, width: 2 * side.width };
    const maps = await model.predict({ images: resizeMaps(images, side, large), ...large });
    await model.release();
    expect(maps.probability).toHaveLength(2 * pixels);
  });

  it('says what it assumes, and from where it knows the rest', async () => {
    const { facts } = await predict({ layout: 'NHWC', output: 'two logits', classes: 21, person: 15 });
    expect(Object.fromEntries(facts.map(({ what, from }) => [what, from]))).toMatchObject({
      layout: 'graph',
      normalize: 'assumed',
      meaning: 'graph',
      person: 'assumed',
    });
    expect(facts.find(({ what }) => what === 'person')!.value).toMatch(/15.*Pascal VOC/);
  });

  it.each<[string, Convention, ModelSettings, RegExp]>([
    ['classes of an unknown set', { output: 'softmax', classes: 7, person: 3 }, {}, /7 classes.*softmax:CLASS/],
    [
      'a probability of several classes',
      { output: 'softmax' },
      { output: { kind: 'probability', person: 0 } },
      /has 2 classes/,
    ],
    [
      'a class that is not there',
      { output: 'softmax' },
      { output: { kind: 'softmax', person: 2 } },
      /classes 0 to 1, not 2/,
    ],
    ['a normalization of bytes', { type: 'uint8' }, { normalize: normalizations.unit }, /takes bytes/],
    ['an output of another name', {}, { outputName: 'mask' }, /no output mask; its outputs are/],
    [
      'an input of one channel',
      { extras: true },
      { inputName: 'guide' },
      /no input named guide takes images of three channels/,
    ],
    ['no size', { open: true }, {}, /--size/],
  ])('refuses %s', async (_, convention, settings, message) => {
    await expect(predict(convention, settings)).rejects.toThrow(message);
  });

  it('counts the multiply-accumulates of convolutions alone', async () => {
    const [plain, heads] = [27 * pixels, 21 * pixels];
    expect(await countMacs({ name: 'm', bytes: conventionModel() })).toBe(plain);
    const classes = conventionModel({ layout: 'NHWC', output: 'two logits', classes: 21, person: 15 });
    expect(await countMacs({ name: 'm', bytes: classes })).toBe(plain + heads);
    expect(await countMacs({ name: 'm', bytes: conventionModel({ open: true }), ...side })).toBe(plain);
  });
});

describe('a stated normalization', () => {
  it.each([
    ['unit', normalizations.unit],
    ['0.5/0.25', { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] }],
    ['127.5/127.5', symmetric],
    ['0,0.5,1/1,1,0.5', { mean: [0, 0.5, 1], std: [1, 1, 0.5] }],
  ])('%s', (text, expected) => {
    expect(normalizeSchema.parse(text)).toEqual(expected);
  });
  it.each(['imagnet', '0.5', '0.5/0', '1,2/3', '/', '0.5/0.5/0.5'])('not %s', (text) => {
    expect(normalizeSchema.safeParse(text).success).toBe(false);
  });
});

it('half floats of every kind survive, and are the nearest', () => {
  const all = Array.from({ length: 0x7c00 }, (_, bits) => bits);
  expect(all.filter((bits) => toHalf(fromHalf(bits)) !== bits)).toEqual([]);
  expect(toHalf(-1)).toBe(0xbc00);
  expect(toHalf(1e6)).toBe(0x7c00);
  // Halfway between 1 and the next, 1 + 2^-10: to the even one.
  expect(toHalf(1 + 2 ** -11)).toBe(0x3c00);
  expect(toHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
});
