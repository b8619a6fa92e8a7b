// What `diagnose` does beyond a search: random networks of the space, over the range of latencies up to the limit and close to the limit, are scored with
// the supernet's weights and trained by themselves. How well the scores predict the trained networks' mIoU shows what the search is worth.
import type { Diagnosis } from '../../contracts/result.ts';
import { stepsPerEpoch } from '../../data/epochs.ts';
import { type LatencyCosts, type Path, pathLatency } from '../../latency/types.ts';
import { createRandom, type Random } from '../../lib/random.ts';
import { tauWithInterval } from '../../nas/diagnosis.ts';
import { createFeasibleSampler, fastestPath } from '../../nas/sampling.ts';
import { architectureCost } from '../../network/count.ts';
import { architectureOf } from '../../network/space.ts';
import type { RunData, SearchContext } from '../context.ts';
import { scoreModel } from '../score.ts';
import { scorePaths } from './derive.ts';
import type { SupernetStage } from './supernet.ts';
import { type TrainedNetwork, trainAlone } from './train.ts';
import { type Candidate, networkKey } from './trials.ts';

/** How much is trained. */
export interface DiagnosisSize {
  /** Networks of each of the two groups. */
  readonly subnets: number;
  /** Seeds that each is trained from. */
  readonly seeds: number;
  /** Epochs of each training; default: those of the trials, or of whole trainings where the recipe has no trials. */
  readonly epochs?: number | undefined;
}

type Group = Diagnosis['networks'][number]['group'];

/** A network to train: a random one of a group, or the derived one. */
export interface Subject {
  readonly group: Group | 'derived';
  readonly path: Path;
  /** The derived one, which comes last. */
  readonly derived?: Candidate;
}

/** One training of a subject. */
export interface DiagnosisTraining {
  readonly name: string;
  readonly checkpoint: string;
  readonly steps: number;
  train(): Promise<TrainedNetwork>;
}

/** Networks "close to the limit" take at least this share of it. */
const closeShare = 0.95;
/** Most draws for one network of a range; a range that holds hardly any network is given up. */
const draws = 2000;

/**
 * The networks to train, drawn by the run's seed: `subnets` from equal steps of the range of latencies, as many close to the limit, and the derived one.
 */
export function diagnosisSubjects(
  { recipe }: SearchContext,
  costs: LatencyCosts,
  maxLatencyMs: number,
  derived: Candidate | undefined,
  { subnets }: Pick<DiagnosisSize, 'subnets'>,
): Subject[] {
  const random = createRandom(recipe.seed, 'diagnosis');
  const fastestMs = fastestPath(costs).latencyMs;
  const named = new Set<string>();
  const drawn = (group: Group, lowMs: number, highMs: number): Subject[] => {
    const path = drawBetween(costs, lowMs, highMs, random, named);
    return path ? [{ group, path }] : [];
  };
  // Where every network meets the limit, none is close to it: then the slowest network's latency takes its place.
  const topMs = Math.min(maxLatencyMs, slowestMs(costs));
  const step = (topMs - fastestMs) / subnets;
  const range = Array.from({ length: subnets }, (_, i) =>
    drawn('range', fastestMs + i * step, i + 1 === subnets ? topMs : fastestMs + (i + 1) * step),
  );
  const close = Array.from({ length: subnets }, () => drawn('limit', closeShare * topMs, topMs));
  const last = derived ? [{ group: 'derived', path: derived.path, derived } as const] : [];
  return [...range.flat(), ...close.flat(), ...last];
}

/** Predicted latency of the slowest path. */
function slowestMs({ constant, single, pair }: LatencyCosts): number {
  const negative = (row: readonly number[]): number[] => row.map((ms) => -ms);
  const costs = { constant: -constant, single: single.map(negative) };
  return -fastestPath(pair ? { ...costs, pair: pair.map((rows) => rows.map(negative)) } : costs).latencyMs;
}

/** Draws a path uniformly from the paths between two latencies that were not drawn before; undefined where none is found. */
function drawBetween(
  costs: LatencyCosts,
  lowMs: number,
  highMs: number,
  random: Random,
  named: Set<string>,
): Path | undefined {
  const sampler = createFeasibleSampler(costs, highMs);
  for (let i = 0; i < draws; i++) {
    const path = sampler.sample(random);
    if (pathLatency(costs, path) < lowMs || named.has(path.join())) continue;
    named.add(path.join());
    return path;
  }
  return undefined;
}

const epochsOf = ({ recipe }: SearchContext, { epochs }: Pick<DiagnosisSize, 'epochs'>): number =>
  epochs ?? (recipe.derive.trialEpochs || recipe.train.epochs);

/** All trainings: every subject from the first seed, then every one from the next. On the supernet's photos. */
export function diagnosisTrainings(
  context: SearchContext,
  { supernetPhotos: photos }: RunData,
  subjects: readonly Subject[],
  size: Pick<DiagnosisSize, 'seeds' | 'epochs'>,
): DiagnosisTraining[] {
  const { recipe, space } = context;
  const epochs = epochsOf(context, size);
  return Array.from({ length: size.seeds }, (_, i) => recipe.seed + i).flatMap((seed) =>
    subjects.map(({ path, derived: { input } = {} }, i) => {
      const name = `network ${i + 1} of ${subjects.length}, seed ${seed}`;
      const checkpoint = `diagnosis-${networkKey({ path, input })}.epochs-${epochs}.seed-${seed}.safetensors`;
      const seeded = { ...context, recipe: { ...recipe, seed } };
      return {
        name,
        checkpoint,
        steps: epochs * stepsPerEpoch({ photos, batch: recipe.train.batch }),
        train: () =>
          trainAlone(seeded, architectureOf(space, path, `diagnosis-${i + 1}`, input), {
            ...{ checkpoint, title: `diagnosis: ${name}`, photos, epochs },
          }),
      };
    }),
  );
}

/** What the earlier stages left. */
export interface DiagnosisInputs {
  readonly data: RunData;
  readonly net: SupernetStage;
  readonly costs: LatencyCosts;
}

/** Scores and trains (or takes over the trainings of) all subjects, and compares. */
export async function diagnose(
  context: SearchContext,
  { data, net, costs }: DiagnosisInputs,
  subjects: readonly Subject[],
  size: DiagnosisSize,
): Promise<Diagnosis> {
  const { recipe, space, signal } = context;
  const trainings = diagnosisTrainings(context, data, subjects, size);
  const settings = { photos: data.searchPhotos, threads: recipe.threads, signal };
  const mious: number[][] = subjects.map(() => []);
  for (const [i, { name, train }] of trainings.entries()) {
    const { model } = await train();
    const { miou } = await scoreModel({ name, bytes: model }, settings);
    context.folder.log(`diagnosis: ${name}: ${(100 * miou).toFixed(2)} %`);
    mious[i % subjects.length]!.push(miou);
  }
  const paths = subjects.filter(({ derived }) => !derived).map(({ path }) => path);
  const { scores } = await scorePaths(context, data, net, paths);
  const networks = subjects.flatMap(({ group, path }, i) => {
    if (group === 'derived') return [];
    const cost = architectureCost(architectureOf(space, path, 'subnet'), recipe.input);
    const latencyMs = pathLatency(costs, path);
    return [{ group, path: [...path], latencyMs, ...cost, supernetMiou: scores[i]!, mious: mious[i]! }];
  });
  const taken = subjects.at(-1)?.derived;
  return {
    ...{ epochs: epochsOf(context, size), seeds: size.seeds, networks, taus: tausOf(networks) },
    ...(taken ? { derived: { supernetMiou: taken.supernetMiou, mious: mious.at(-1)! } } : {}),
  };
}

/** Tau of each figure with the mean mIoU over seeds, a group at a time; groups of fewer than three networks say nothing. */
function tausOf(networks: Diagnosis['networks']): Diagnosis['taus'] {
  return (['range', 'limit'] as const).flatMap((group) => {
    const members = networks.filter((network) => network.group === group);
    if (members.length < 3) return [];
    const truth = members.map(({ mious }) => mious.reduce((a, b) => a + b, 0) / mious.length);
    const against = (figure: (network: Diagnosis['networks'][number]) => number) =>
      tauWithInterval(members.map(figure), truth);
    return [
      {
        group,
        networks: members.length,
        supernet: against(({ supernetMiou }) => supernetMiou),
        macs: against(({ macs }) => macs),
        parameters: against(({ parameters }) => parameters),
        latency: against(({ latencyMs }) => latencyMs),
      },
    ];
  });
}
