// Whether the search worked: in the words of report.md, and as pictures.
import type { PageData } from '../contracts/page.ts';
import type { Result } from '../contracts/result.ts';
import { h, section, table } from './dom.ts';
import { markX, plot } from './plot.ts';

export function diagnosis({ result, diagnosis: sentences = [] }: PageData): HTMLElement | undefined {
  const parts = [randomNetworks(result), scoresOverTruth(result), repeatability(result), taus(result)];
  if (sentences.length === 0 && parts.every((part) => part === undefined)) return undefined;
  return section(
    'diagnosis',
    'Did the search work?',
    h('ul', {}, ...sentences.map((text) => h('li', {}, ...emphasized(text)))),
    ...parts,
  );
}

/** What stands between `**` is strong. */
const emphasized = (text: string): (Node | string)[] =>
  text.split('**').map((part, i) => (i % 2 === 1 ? h('strong', {}, part) : part));

const points = (share: number): string => `${share.toFixed(1)} %`;
const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** The distribution of random networks' scores, with the network that was taken and the silhouette. */
function randomNetworks({ derive }: Result): HTMLElement | undefined {
  const { randomSubnets, candidates = [], chosen, silhouetteMiou } = derive ?? {};
  if (!randomSubnets || randomSubnets.scores.length < 2) return undefined;
  const sorted = randomSubnets.scores.map((score) => 100 * score).sort((a, b) => a - b);
  const taken = candidates.find(({ architecture }) => architecture === chosen)?.supernetMiou;
  const marks = [
    ...(taken === undefined ? [] : [{ name: 'taken', at: 100 * taken }]),
    ...(silhouetteMiou === undefined ? [] : [{ name: 'silhouette', at: 100 * silhouetteMiou }]),
  ];
  return h(
    'div',
    {},
    h('h3', {}, 'Random networks within the limit'),
    plot({
      label: `Distribution of the supernet scores of ${sorted.length} random networks${marks.map(({ name, at }) => `, ${name}: ${points(at)}`).join('')}`,
      x: { name: 'supernet mIoU', format: points, values: sorted },
      y: { name: 'share of networks', format: (value) => `${value.toFixed(0)} %` },
      series: [
        {
          name: 'networks at most so good',
          shape: 'steps',
          values: sorted.map((_, i) => (100 * (i + 1)) / sorted.length),
        },
      ],
      height: 240,
      include: { x: marks.map(({ at }) => at), y: [0, 100] },
      draw: (u, paint) => {
        for (const { name, at } of marks) markX(u, at, name, name === 'taken' ? paint.series(1) : paint.ink);
      },
    }),
  );
}

interface Scored {
  readonly group: string;
  readonly supernet: number;
  readonly alone: number;
}

/** The supernet's score over that of the network trained by itself: a line that rises is a supernet that can be believed. */
function scoresOverTruth({ derive, diagnosis: found }: Result): HTMLElement | undefined {
  const scored: Scored[] = found
    ? [
        ...found.networks.map(({ group, supernetMiou, mious }) => ({
          group: group === 'range' ? 'over the range' : 'close to the limit',
          supernet: 100 * supernetMiou,
          alone: 100 * meanOf(mious),
        })),
        ...(found.derived
          ? [{ group: 'taken', supernet: 100 * found.derived.supernetMiou, alone: 100 * meanOf(found.derived.mious) }]
          : []),
      ]
    : (derive?.candidates ?? []).flatMap(({ architecture, supernetMiou, trialMiou }) =>
        trialMiou === undefined
          ? []
          : [
              {
                group: architecture === derive?.chosen ? 'taken' : 'finalists',
                supernet: 100 * supernetMiou,
                alone: 100 * trialMiou,
              },
            ],
      );
  if (scored.length < 2) return undefined;
  scored.sort((a, b) => a.supernet - b.supernet);
  const groups = [...new Set(scored.map(({ group }) => group))];
  return h(
    'div',
    {},
    h('h3', {}, 'Supernet score and training by itself'),
    plot({
      label: `mIoU of ${scored.length} networks trained by themselves over their supernet scores`,
      x: { name: 'supernet mIoU', format: points, values: scored.map(({ supernet }) => supernet) },
      y: { name: 'mIoU trained alone', format: points },
      series: groups.map((group) => ({
        name: group,
        shape: 'dots',
        values: scored.map((one) => (one.group === group ? one.alone : null)),
      })),
      height: 280,
    }),
  );
}

/** What two halves of the search say of each operation: on a rising line where they agree. */
function repeatability({ search }: Result): HTMLElement | undefined {
  if (!search?.pairs || search.pairs.length < 2) return undefined;
  const pairs = [...search.pairs].sort(([a], [b]) => a - b);
  const digits = (value: number): string => value.toFixed(2);
  return h(
    'div',
    {},
    h('h3', {}, 'The same search from two seeds'),
    plot({
      label: `What the second half of the search says of ${pairs.length} operations over what the first says`,
      x: { name: 'log-probability, first seed', format: digits, values: pairs.map(([first]) => first) },
      y: { name: 'second seed', format: digits },
      series: [{ name: 'operation', shape: 'dots', values: pairs.map(([, second]) => second) }],
      height: 280,
    }),
  );
}

function taus({ diagnosis: found }: Result): HTMLElement | undefined {
  if (!found || found.taus.length === 0) return undefined;
  const cell = ({ tau, interval: [low, high] }: { tau: number; interval: readonly [number, number] }): string =>
    `${tau.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  const rows = found.taus.map(({ group, networks, supernet, macs, parameters, latency }) => [
    `${networks} ${group === 'range' ? 'over the range' : 'close to the limit'}`,
    ...[supernet, macs, parameters, latency].map(cell),
  ]);
  const caption = "Kendall's tau with mIoU trained alone, and its 95 % interval";
  return h(
    'div',
    {},
    h('h3', {}, caption),
    table(caption, ['networks', 'supernet score', 'MACs', 'parameters', 'latency'], rows),
  );
}
