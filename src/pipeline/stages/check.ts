// Stage 6: what was trained, scored and measured: accuracy on val, cost, latency of every network interleaved on this machine.
import { createRandom } from '../../base/random.ts';
import type { TimedModel } from '../../latency/image-model.ts';
import { measureModels } from '../../latency/models.ts';
import { architectureCost } from '../../network/count.ts';
import type { Architecture } from '../../network/types.ts';
import type { CommonOptions } from '../index.ts';
import type { ResultNetwork } from '../result.ts';
import { type Accuracy, scoreModel } from '../score.ts';

/** Rounds of the last measurement: each network once a round, five runs each. */
const rounds = 60;

/** A network with its exported model. */
export interface Exported {
  readonly role: ResultNetwork['role'];
  readonly architecture: Architecture;
  readonly model: Uint8Array;
  readonly trainSeconds?: number;
  readonly epochs?: number;
}

export interface CheckSettings extends CommonOptions {
  readonly input: { readonly height: number; readonly width: number };
  readonly threads: number;
  readonly seed: number;
  /** Untrained networks that are only measured beside the others. */
  readonly others?: readonly Exported[];
  /** Images to score on; without it, accuracy is left out. */
  readonly data?: { readonly folder: string; readonly ids: readonly string[] } | undefined;
}

/** Measures all networks in the same rounds and scores each that is trained on the data. */
export async function checkStage(trained: readonly Exported[], settings: CheckSettings): Promise<ResultNetwork[]> {
  const { input, threads, seed, data, progress, signal, others = [] } = settings;
  const networks = [...trained, ...others];
  // Numbered: a network may be compared with another of its name, such as itself trained anew.
  const models: TimedModel[] = networks.map(({ architecture, model }, i) => ({
    name: `${i + 1}: ${architecture.name}`,
    bytes: model,
    ...input,
  }));
  const stage = progress.stage('measuring networks', rounds, 'rounds');
  const { latencies } = await measureModels(models, {
    threads,
    rounds,
    random: createRandom(seed, 'measure-networks'),
    onProgress: (done) => {
      signal.throwIfAborted();
      stage.update(done);
    },
  });
  stage.done();
  const result: ResultNetwork[] = [];
  for (const [i, network] of networks.entries()) {
    const accuracy: Partial<Accuracy> =
      data && i < trained.length ? await scoreModel(network.model, { ...data, ...input, threads, signal }) : {};
    const { p50Ms, p95Ms, fps } = latencies[i]!;
    result.push({
      role: network.role,
      name: network.architecture.name,
      ...accuracy,
      ...architectureCost(network.architecture, input),
      bytes: network.model.length,
      latencyP50Ms: p50Ms,
      latencyP95Ms: p95Ms,
      fps,
      ...(network.trainSeconds === undefined ? {} : { trainSeconds: network.trainSeconds }),
      ...(network.epochs === undefined ? {} : { epochs: network.epochs }),
    });
  }
  return result;
}
