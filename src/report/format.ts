// How reports write numbers: the same in Markdown and on the console.
import { isOfFewImages, judgedMiou } from '../contracts/judged-miou.ts';
import type { Result, ResultBudget, ResultComparison, ResultNetwork } from '../contracts/result.ts';

/** What stands where nothing was measured. */
export const missing = '-';

/** A share as a percentage with one decimal: 0.9287 is `92.9 %`. */
export function percent(share: number | null | undefined): string {
  return share == null ? missing : `${(100 * share).toFixed(1)} %`;
}

/** Milliseconds, two decimals below ten and one above: `7.42 ms`, `103.1 ms`. */
export function milliseconds(ms: number | null | undefined): string {
  return ms == null ? missing : `${ms.toFixed(ms < 9.995 ? 2 : 1)} ms`;
}

/** A count in millions: `2.92 M`. */
export function millions(count: number | null | undefined): string {
  return count == null ? missing : `${(count / 1e6).toFixed(2)} M`;
}

/** `1 thread`, `2 threads`. */
export const threadCount = (threads: number): string => `${threads} thread${threads === 1 ? '' : 's'}`;

/** A duration in words that suit its size. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(0)} s`;
  if (seconds < 5400) return `${(seconds / 60).toFixed(0)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** A limit, value or margin of a budget, in the unit that the budget's name implies. */
export function budgetAmount(name: string, amount: number | null): string {
  if (amount === null) return missing;
  if (name.startsWith('max-latency')) return milliseconds(amount);
  if (name === 'min-miou') return percent(amount);
  if (name === 'min-fps') return `${amount.toFixed(1)} FPS`;
  return millions(amount);
}

/** Whether a budget is met, with the room that is left (`+`) or lacking (`-`), also as a share of the limit. */
export function budgetState(budget: ResultBudget): string {
  const { name, limit, margin, met } = budget;
  if (margin === null || limit === null) return 'not measured';
  const amount = name === 'min-miou' ? points(Math.abs(margin)) : budgetAmount(name, Math.abs(margin));
  const sign = margin < 0 ? '-' : '+';
  if (isOfFewImages(budget)) return 'too few images to tell';
  const state = met === null ? 'too close to tell' : met ? 'met' : 'missed';
  return `${state}, ${sign}${amount} (${sign}${((100 * Math.abs(margin)) / limit).toFixed(1)} %)`;
}

/** Each budget as its name, limit, actual value and state. */
export const budgetRows = ({ budgets }: Pick<Result, 'budgets'>): string[][] =>
  budgets.map((budget) => [
    budget.name,
    budgetAmount(budget.name, budget.limit),
    budgetAmount(budget.name, budget.actual),
    budgetState(budget),
  ]);

/** The columns that every report compares networks by. */
export const networkColumns = ['network', 'mIoU', 'person IoU', 'params', 'MACs', 'p50', 'p95', 'FPS'] as const;

/** A network's name, with its input size where that is not the run's. */
export const sizedName = ({ name, input }: Pick<ResultNetwork, 'name' | 'input'>): string =>
  input ? `${name}, ${input.height} x ${input.width}` : name;

/** A network's cells for `networkColumns`. */
export function networkCells(network: ResultNetwork): string[] {
  return [
    sizedName(network),
    percent(judgedMiou(network)),
    percent(network.personIou),
    millions(network.parameters),
    millions(network.macs),
    milliseconds(network.latencyP50Ms),
    milliseconds(network.latencyP95Ms),
    network.fps === undefined ? missing : network.fps.toFixed(1),
  ];
}

/** The columns of what is known of accuracy. */
export const accuracyColumns = [
  'mean mIoU',
  '95 % interval',
  'seeds',
  'deviation',
  'boundary IoU',
  'flicker',
  "head's lead",
] as const;

/** A network's name and cells for `accuracyColumns`, of those that were scored. */
export function accuracyRows({ networks }: Result): string[][] {
  return networks.flatMap((network) => {
    const { name, seeds, miouInterval, boundaryIou, flicker, headLead } = network;
    const miou = judgedMiou(network);
    if (miou === undefined || (miouInterval === undefined && seeds === undefined)) return [];
    const hundredths = (share: number): string => (100 * share).toFixed(2);
    const signed = (share: number): string => `${share < 0 ? '-' : '+'}${hundredths(Math.abs(share))}`;
    return [
      [
        name,
        `${hundredths(miou)} %`,
        miouInterval ? miouInterval.map(hundredths).join(' to ') : missing,
        String(seeds?.mious.length ?? 1),
        seeds ? `${hundredths(seeds.deviation)} pt` : missing,
        percent(boundaryIou),
        percent(flicker),
        headLead ? `${signed(headLead.value)} (${headLead.interval.map(signed).join(' to ')}) pt` : missing,
      ],
    ];
  });
}

/** The columns of comparisons of head with base. */
export const comparisonColumns = [
  'head',
  'base',
  'metric',
  'base value',
  'head value',
  'change',
  'interval',
  'threshold',
  'verdict',
] as const;

/** A comparison's cells for `comparisonColumns`. */
export function comparisonCells(comparison: ResultComparison): string[] {
  const { metric, head, base, outcome, change, interval, confidence, threshold, baseValue, headValue } = comparison;
  const value = metric === 'latency' ? milliseconds : percent;
  const moved = (share: number): string =>
    `${share < 0 ? '-' : '+'}${(100 * Math.abs(share)).toFixed(2)} ${metric === 'latency' ? '%' : 'points'}`;
  return [
    head,
    base,
    metric === 'latency' ? 'latency' : 'mIoU',
    value(baseValue),
    value(headValue),
    moved(change),
    `${moved(interval[0])} to ${moved(interval[1])} (${confidenceText(confidence)})`,
    moved(metric === 'latency' ? threshold : -threshold),
    outcome,
  ];
}

/** A confidence in percent, with as many digits as tell it from certainty: many comparisons of one run need more than 99.9 %. */
export const confidenceText = (confidence: number): string => {
  const digits = Math.max(1, Math.floor(-Math.log10(100 * (1 - confidence)) + 1e-9) + 1);
  return `${(100 * confidence).toFixed(digits)} %`;
};

/** The verdict as a word. */
export const verdictWords = {
  pass: 'Pass',
  'budget-missed': 'Budget missed',
  regression: 'Regression',
  inconclusive: 'Inconclusive',
} as const;

/** Bytes in millions: `2.4 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A change as a signed percentage with one decimal: 0.031 is `+3.1 %`. */
export function signedPercent(share: number): string {
  return `${share < 0 ? '-' : '+'}${percent(Math.abs(share))}`;
}

/** A difference of two shares in percentage points: 0.004 is `+0.4 pt`. */
export function signedPoints(difference: number): string {
  return `${difference < 0 ? '-' : '+'}${points(Math.abs(difference))}`;
}

function points(difference: number): string {
  return `${(100 * difference).toFixed(1)} pt`;
}

/** What marks a verdict, an outcome or a budget at a glance. */
export const outcomeIcons = {
  pass: '✅',
  fail: '❌',
  'budget-missed': '❌',
  regression: '❌',
  inconclusive: '⚠️',
} as const;

/** That a network scores below a constant mask, and what to look at. */
export function silhouetteWarning({
  name,
  miou,
  silhouetteMiou,
  reading,
}: Pick<ResultNetwork, 'name' | 'miou' | 'silhouetteMiou' | 'reading'>): string | undefined {
  if (miou === undefined || silhouetteMiou === undefined || miou >= silhouetteMiou) return undefined;
  const found = `${name}: mIoU ${percent(miou)} is below the ${percent(silhouetteMiou)} of a constant silhouette`;
  if (reading === undefined) return `${found}: the network has not learned anything useful.`;
  return `${found}: the model is probably read wrongly. It was read as: ${reading}. Set normalize and output.`;
}

export const silhouetteWarnings = ({ networks }: Pick<Result, 'networks'>): string[] =>
  networks.flatMap((network) => silhouetteWarning(network) ?? []);
/** mIoU of each network on each data set, under a row of headings; nothing where the result has one set. */
export function setRows({ data, networks }: Result): string[][] {
  // By name: a network's sets stand in another order where some have a weight of 0.
  const names = (data?.sets ?? []).map(({ name }) => name);
  const rows = networks.flatMap(({ name, sets }) =>
    sets ? [[name, ...names.map((set) => percent(sets.find((one) => one.name === set)?.miou))]] : [],
  );
  return rows.length === 0 ? [] : [['mIoU on', ...names], ...rows];
}
