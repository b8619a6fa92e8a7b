// Phase 6: what was trained, scored and measured: accuracy on val, cost, latency of every network interleaved on this machine.

import type { Architecture } from '../../contracts/architecture.ts';
import { describeFacts, type ModelSettings } from '../../contracts/model.ts';
import type { ResultNetwork } from '../../contracts/result.ts';
import type { TimingBlock } from '../../contracts/timing.ts';
import type { Photo } from '../../data/images.ts';
import { type ModelSource, readImageModel } from '../../graph/image-model.ts';
import { type BlockLimits, sampleBlocks, takeBlocks } from '../../latency/blocks.ts';
import type { TimedModel } from '../../latency/image-model.ts';
import { createRandom } from '../../lib/random.ts';
import { clusteredQuantile } from '../../metrics/quantiles.ts';
import { architectureCost } from '../../network/count.ts';
import { type InputSize, unlike } from '../../network/modules.ts';
import { countMacs } from '../../runtime/macs.ts';
import { inspectModel } from '../../runtime/segmentation.ts';
import type { SeedCounts, SeedSpread } from '../../verdict/accuracy.ts';
import type { CommonOptions } from '../options.ts';
import { type ScoredModel, scoreNetworks } from './accuracy.ts';

/**
 * Blocks, each with new sessions, and rounds in each. One session a network is not enough: on a loaded machine one of them can stay three
 * times slower than the others for as long as it lives, by where its threads happen to run.
 */
const limits = { most: 10, timeLimitMs: Number.POSITIVE_INFINITY, fewest: 10 };
const roundsPerBlock = 12;
/** Further blocks, where a budget is too close to tell. */
const longerLimits = { most: 40, timeLimitMs: 90_000, fewest: 1 };

/** A network as a model. */
export interface ExportedNetwork {
  readonly role: ResultNetwork['role'];
  readonly name: string;
  /** Undefined for a model that this tool did not export. */
  readonly architecture: Architecture | undefined;
  /** What is stated of such a model. */
  readonly settings?: ModelSettings | undefined;
  readonly model: Uint8Array;
  /** Of its input. Undefined: its architecture's, or else the run's. */
  readonly input?: InputSize | undefined;
  /** Its weights are random: accuracy is left out. */
  readonly untrained?: boolean;
  readonly trainSeconds?: number;
  readonly precisions?: ResultNetwork['precisions'];
  readonly epochs?: number;
  readonly curve?: ResultNetwork['curve'];
  /** The same network trained from other seeds: scored, and not measured, as weights do not change how long it takes. */
  readonly otherModels?: readonly Uint8Array[];
}

export interface EvaluateSettings extends CommonOptions {
  readonly input: InputSize;
  readonly threads: number;
  readonly seed: number;
  /** Photos to score on; without it, accuracy is left out. */
  readonly photos?: readonly Photo[] | undefined;
  /** Folder for a picture of the photos that head does worst on. */
  readonly pictures?: string | undefined;
}

/** An evaluated network: what results say of it, its model, and the pixels counted on each image where it was scored. */
export interface EvaluatedNetwork extends ResultNetwork {
  readonly model: TimedModel;
  readonly counts: SeedCounts | undefined;
  /** Of seeds, over all networks that were checked together. */
  readonly spread: SeedSpread | undefined;
  /** [block][round] in milliseconds; all networks share the rounds. */
  readonly blocksMs: readonly (readonly number[])[];
}

/** Measures all networks in the same rounds and scores each that is trained on the data. */
export async function evaluateStage(
  networks: readonly ExportedNetwork[],
  settings: EvaluateSettings,
): Promise<EvaluatedNetwork[]> {
  const { input, photos, progress } = settings;
  // Numbered: a network may be compared with another of its name, such as itself after another training.
  const models = networks.map(({ name, model, architecture, input: own = architecture?.input ?? input }, i) => ({
    name: `${i + 1}: ${name}`,
    bytes: model,
    height: own.height,
    width: own.width,
  }));
  // A model that cannot be scored is refused before anything is measured.
  for (const [i, { name, architecture, settings: stated = {}, untrained }] of networks.entries())
    if (photos && !architecture && !untrained)
      progress.note(`${name} is read as: ${describeFacts(await inspectModel(models[i]!, stated))}`);
  const timings = await measureNetworks(models, settings, 'measuring networks', limits);
  const scored = networks.map((network, i) => ({ network, i })).filter(({ network }) => photos && !network.untrained);
  const { networks: scores, spread } = await scoreNetworks(
    scored.map(({ network, i }) => scoredModel(network, models[i]!)),
    { ...settings, photos: photos ?? [] },
  );
  const evaluated: EvaluatedNetwork[] = [];
  for (const [i, network] of networks.entries()) {
    const { role, name, architecture, model, trainSeconds, epochs, precisions, curve } = network;
    const own = unlike(input, models[i]!);
    const score = scores[scored.findIndex((one) => one.i === i)];
    evaluated.push({
      role,
      name,
      ...score?.facts,
      ...(score && !architecture ? { reading: score.reading } : {}),
      ...(own ? { input: own } : {}),
      ...(architecture ? architectureCost(architecture, own ?? input) : await modelCost({ ...models[i]!, name })),
      bytes: model.length,
      ...timed(timings[i]!),
      ...(trainSeconds === undefined ? {} : { trainSeconds }),
      ...(precisions ? { precisions } : {}),
      ...(epochs === undefined ? {} : { epochs }),
      ...(curve ? { curve } : {}),
      model: models[i]!,
      counts: score?.counts,
      spread,
    });
  }
  return evaluated;
}

/** Measures evaluated networks for longer, in further rounds of all of them. */
export async function measureLonger(
  networks: readonly EvaluatedNetwork[],
  settings: EvaluateSettings,
): Promise<EvaluatedNetwork[]> {
  const models = networks.map(({ model }) => model);
  const more = await measureNetworks(models, settings, 'measuring networks longer', longerLimits);
  return networks.map((network, i) => ({ ...network, ...timed([...network.blocksMs, ...more[i]!]) }));
}

/** What results say of the timings [block][round], in milliseconds. */
function timed(blocksMs: readonly (readonly number[])[]) {
  const p50 = clusteredQuantile(blocksMs, 0.5);
  return {
    latencyP50Ms: p50.value,
    latencyP50IntervalMs: [...p50.interval] as [number, number],
    latencyP95Ms: clusteredQuantile(blocksMs, 0.95).value,
    fps: 1000 / p50.value,
    blocksMs,
  };
}

function scoredModel({ role, name, settings, otherModels = [] }: ExportedNetwork, model: TimedModel): ScoredModel {
  const source = { ...model, name };
  return { role, source, settings, others: otherModels.map((bytes) => ({ ...source, bytes })) };
}

async function modelCost(source: ModelSource): Promise<{ parameters: number; macs: number }> {
  return { parameters: readImageModel(source).parameters, macs: await countMacs(source) };
}

/** @returns [network][block][round] in milliseconds */
async function measureNetworks(
  models: readonly TimedModel[],
  { threads, seed, progress, signal }: EvaluateSettings,
  name: string,
  blocks: BlockLimits,
): Promise<number[][][]> {
  const stage = progress.stage(name, blocks.most, 'blocks');
  // Another name draws other orders.
  const random = createRandom(seed, name);
  const measured: TimingBlock[] = [];
  const sampled = sampleBlocks(models, { threads, rounds: roundsPerBlock, warm: true, random });
  for await (const block of takeBlocks(sampled, blocks)) {
    signal.throwIfAborted();
    measured.push(block.timings);
    stage.update(measured.length);
  }
  stage.done();
  return models.map((_, i) => measured.map((block) => [...block[i]!]));
}

/** What results say of checked networks. */
export function describeNetworks(evaluated: readonly EvaluatedNetwork[]): ResultNetwork[] {
  // Four digits are more than a timing is good for.
  const rounded = (ms: number): number => Number(ms.toPrecision(4));
  return evaluated.map(({ model, counts, spread, blocksMs, ...network }) => {
    return { ...network, latencyBlocksMs: blocksMs.map((block) => block.map(rounded)) };
  });
}
