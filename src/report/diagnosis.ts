// Whether the search worked, in words: beside a constant silhouette, beside itself from another seed, beside random networks.
import type { Diagnosis, Result } from '../contracts/result.ts';
import { studentQuantile } from '../lib/student.ts';
import { percent, signedPoints } from './format.ts';
import { table } from './sections.ts';

/** Points above a constant silhouette under which a supernet's scores say next to nothing. */
const learned = 0.1;
/** Rank correlations from which parts of a search agree, and under which they do not. */
const [agrees, disagrees] = [0.6, 0.3];

/** Everything that the result knows of it, as Markdown; undefined where it knows nothing. */
export function diagnosisSection(result: Result): string | undefined {
  const sentences = diagnosisSentences(result);
  const parts = [
    sentences.length > 0 ? sentences.map((sentence) => `- ${sentence}`).join('\n') : undefined,
    tauTable(result.diagnosis),
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join('\n\n') : undefined;
}

/** What there is to say, a sentence or two each; `**` is around what is wrong. They hold numbers, and no text of the result. */
export function diagnosisSentences(result: Result): string[] {
  return [...supernetSentences(result), ...repeatabilitySentence(result), ...randomSearchSentences(result)];
}

function supernetSentences({ derive }: Result): string[] {
  const { randomSubnets, silhouetteMiou, candidates = [], chosen } = derive ?? {};
  if (!randomSubnets) return [];
  const { count, mean, max, scores } = randomSubnets;
  const sentences: string[] = [];
  const score = candidates.find(({ architecture }) => architecture === chosen)?.supernetMiou;
  if (score !== undefined) {
    const rivals = scores.filter((rival) => rival >= score).length;
    // Of equal networks, any is as likely to be the best. (Trials, and how large a network is, may have chosen another than the best by this score.)
    const isBest = candidates.every(({ supernetMiou }) => supernetMiou <= score);
    const byChance = candidates.length / (candidates.length + count);
    const luck = isBest
      ? ` It is the best of ${candidates.length} candidates: by luck alone that happens in ${(100 * byChance).toFixed(0)} % of searches.`
      : '';
    const figures = `${percent(score)} against ${percent(mean)} on average and ${percent(max)} at best`;
    sentences.push(
      rivals === 0
        ? `By the supernet's scores the derived network is above ${count} random networks within the limit: ${figures}.${luck}`
        : `By the supernet's scores **the search did not do better than luck**: ${rivals} of ${count} random networks within the limit score as much (${figures}).`,
    );
  }
  const sorted = [...scores].sort((a, b) => a - b);
  const at = (share: number): string => percent(quantile(sorted, share));
  if (sorted.length > 1)
    sentences.push(
      `Random networks within the limit, by the supernet: a tenth below ${at(0.1)}, half below ${at(0.5)}, a tenth above ${at(0.9)}.`,
    );
  if (silhouetteMiou !== undefined) {
    const above = mean - silhouetteMiou;
    const verdict = above < learned ? ' **The supernet has hardly learned: its scores say little.**' : '';
    sentences.push(
      `A constant silhouette scores ${percent(silhouetteMiou)} on the same photos; random networks of the supernet differ from it by ${signedPoints(above)}.${verdict}`,
    );
  }
  return sentences;
}

function repeatabilitySentence({ search }: Result): string[] {
  if (search?.repeatability === undefined) return [];
  const { repeatability } = search;
  const words =
    repeatability >= agrees
      ? 'they agree'
      : repeatability < disagrees
        ? '**they are mostly luck**'
        : 'they agree in part';
  return [
    `Architecture parameters learned twice, from two seeds: ${words} (rank correlation ${repeatability.toFixed(2)}; 1 is the same order, 0 luck).`,
  ];
}

/** Confidence, one-sided, that a network is no random one. */
const beyondChance = 0.95;

/** Of values in ascending order, the nearest one. */
const quantile = (sorted: readonly number[], share: number): number | undefined =>
  sorted[Math.round(share * (sorted.length - 1))];

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function randomSearchSentences({ diagnosis }: Result): string[] {
  if (!diagnosis) return [];
  const { networks, derived, epochs, seeds } = diagnosis;
  const rivals = networks.filter(({ group }) => group === 'limit').map(({ mious }) => meanOf(mious));
  if (rivals.length < 2) return [];
  const mean = meanOf(rivals);
  const deviation = Math.sqrt(rivals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (rivals.length - 1));
  // A further random network lies this far from the mean of these at most, with that confidence.
  const chance = studentQuantile(beyondChance, rivals.length - 1) * deviation * Math.sqrt(1 + 1 / rivals.length);
  const sorted = [...rivals].sort((a, b) => a - b);
  const spread = `${rivals.length} random networks within 5 % of the limit, trained by themselves for ${epochs} epochs (${seeds} seed${seeds === 1 ? '' : 's'}): ${percent(sorted[0])} to ${percent(sorted.at(-1))}, half below ${percent(quantile(sorted, 0.5))}, mean ${percent(mean)}, standard deviation ${(100 * deviation).toFixed(2)} points.`;
  if (!derived) return [spread];
  const own = meanOf(derived.mious);
  const better = rivals.filter((value) => value < own).length;
  const verdict =
    own > mean + chance
      ? 'The search did better than random networks'
      : '**The search did not do better than random networks**';
  return [
    spread,
    `${verdict}: its own reaches ${percent(own)}, more than ${better} of them, and ${signedPoints(own - mean)} from their mean; a further random one lies up to ${(100 * chance).toFixed(2)} points above it (one-sided 95 %).`,
  ];
}

function tauTable(diagnosis: Diagnosis | undefined): string | undefined {
  if (!diagnosis || diagnosis.taus.length === 0) return undefined;
  const cell = ({ tau, interval: [low, high] }: Diagnosis['taus'][number]['macs']): string =>
    `${tau.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  const rows = diagnosis.taus.map(({ group, networks, supernet, macs, parameters, latency }) => [
    `${networks} ${group === 'range' ? 'over the range' : 'within 5 % of the limit'}`,
    ...[supernet, macs, parameters, latency].map(cell),
  ]);
  const head = ['networks', 'supernet score', 'MACs', 'parameters', 'latency'];
  return `Kendall's tau with mIoU trained alone, and its 95 % interval (1: the same order; 0: none):\n\n${table(head, rows, 'lrrrr')}`;
}
