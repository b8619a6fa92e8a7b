// What int8 is worth, in words: whether to use it, its size, how it agrees with float32, what runs it.
import type { Int8 } from '../contracts/quantization.ts';
import type { Result } from '../contracts/result.ts';
import { escapeName, escapeSentence } from './escape.ts';
import { megabytes, signedPercent } from './format.ts';
import { table } from './sections.ts';

const methodNames: Readonly<Record<Int8['calibration'], string>> = {
  minmax: 'MinMax',
  percentile: 'percentile 99.99 %',
  entropy: 'entropy (KL)',
};

const extentNotes: Readonly<Record<Int8['extent'], string>> = {
  all: '',
  'not the narrow start': '; narrow convolutions at its start among them, as the network is faster so here',
  'not the narrow end': '; narrow convolutions at its end among them, as the network is faster so here',
  'not the narrow ends': '; narrow convolutions at both ends among them, as the network is faster so here',
};

/** One line: whether to use it, and why. */
export const int8Sentence = ({ recommended, reason, network }: Int8): string =>
  `${network}: ${recommended ? 'recommended' : 'not recommended'}. ${reason}`;

/** How each method agrees with float32, under a row of headings. */
export function int8Rows({ methods, calibration }: Int8): string[][] {
  const rows = methods.map(({ method, changedPixels, meanDifference }) => [
    `${methodNames[method]}${method === calibration ? ' (taken)' : ''}`,
    `${(100 * changedPixels).toFixed(2)} %`,
    meanDifference.toFixed(4),
  ]);
  return [['ranges', 'pixels of another class', 'mean difference of probability'], ...rows];
}

/** The section of a report; undefined where the result has no int8 network. */
export function int8Section({ int8, networks }: Result): string | undefined {
  if (!int8) return undefined;
  const size = (name: string): string => megabytes(networks.find((network) => network.name === name)?.bytes ?? 0);
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([operator, count]) => `${count} ${escapeName(operator)}`)
      .join(', ');
  const [head, ...rows] = int8Rows(int8);
  return [
    escapeSentence(int8Sentence(int8)),
    [
      `- Size: ${size(int8.network)}; float32 ${size(int8.float32)}.`,
      `- Latency beside float32, interleaved: ${signedPercent(int8.latencyChange)} (95 % interval ${signedPercent(int8.latencyInterval[0])} to ${signedPercent(int8.latencyInterval[1])}).`,
      `- Weights of ${int8.weightBits} bits by channel, activations of 8 bits. ${
        int8.instructions.length > 0
          ? `This machine multiplies bytes (${int8.instructions.join(', ')}).`
          : 'This machine has no instructions that multiply bytes (VNNI).'
      }`,
      `- ONNX Runtime runs it as ${list(int8.operators)}.`,
      `- What stays float32 in the file: ${list(int8.kept)}${extentNotes[int8.extent]}.`,
    ].join('\n'),
    `How each way to choose the ranges agrees with float32, on ${int8.photos} training photos:`,
    table(head!, rows, 'lrr'),
  ].join('\n\n');
}
