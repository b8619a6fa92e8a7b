// The latency of one model, by itself: any ONNX model with image inputs, measured against a fixed reference that shows drift.

import type { Measurement } from '../../contracts/measurement.ts';
import type { QuantileEstimate } from '../../contracts/timing.ts';
import { readImageModel } from '../../graph/image-model.ts';
import { sampleBlocks, takeBlocks } from '../../latency/blocks.ts';
import { driftReference } from '../../latency/models.ts';
import { createRandom } from '../../lib/random.ts';
import { clusteredQuantile } from '../../metrics/quantiles.ts';
import { measurementSummary } from '../../report/console.ts';
import { describeHardware } from '../../runtime/hardware.ts';
import { exitCodeOf, judgeMeasurement } from '../../verdict/verdict.ts';
import { readModelBytes } from '../model-file.ts';
import type { MeasureOptions, Outcome } from '../options.ts';
import { resolveThreads, seedWithoutRecipe } from '../settings.ts';

const roundsPerBlock = 20;
/** Slow models get fewer blocks, but enough for an interval. */
const limits = { most: 15, timeLimitMs: 60_000, fewest: 5 };

/** Measures one model. */
export async function runMeasure(options: MeasureOptions): Promise<Outcome> {
  const { progress, signal } = options;
  const threads = await resolveThreads(options.threads);
  const bytes = await readModelBytes(options.model);
  const model = { name: options.model, bytes, ...options.size };
  const { inputs, parameters } = readImageModel(model);
  const hardware = await describeHardware(threads);
  const settings = { threads, rounds: roundsPerBlock, warm: true, random: createRandom(seedWithoutRecipe, 'measure') };
  const timings: (readonly number[])[] = [];
  const references: (readonly number[])[] = [];
  let memoryBytes = 0;
  let pinning = '';
  const stage = progress.stage('measuring', limits.most, 'blocks');
  for await (const block of takeBlocks(sampleBlocks([model, driftReference()], settings), limits)) {
    signal.throwIfAborted();
    timings.push(block.timings[0]!);
    references.push(block.timings[1]!);
    memoryBytes = Math.max(memoryBytes, block.memoryBytes);
    pinning = block.plan.statement;
    stage.update(timings.length);
  }
  stage.done();
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((p) => clusteredQuantile(timings, p)) as [
    QuantileEstimate,
    QuantileEstimate,
    QuantileEstimate,
  ];
  const reference = clusteredQuantile(references, 0.5).value;
  const drifts = references.map((block) => Math.abs(clusteredQuantile([block], 0.5).value / reference - 1));
  const measurement: Measurement = {
    model: options.model,
    bytes: bytes.length,
    parameters,
    inputs: Object.fromEntries(inputs.map(({ name, dims }) => [name, dims])),
    threads,
    p50,
    p95,
    p99,
    fps: 1000 / p50.value,
    runs: timings.flat().length,
    blocks: timings.length,
    memoryBytes,
    pinning,
    reference: { p50Ms: reference, drift: Math.max(...drifts) },
    ...judgeMeasurement(p50),
    hardware,
  };
  return {
    exitCode: exitCodeOf(measurement.verdict),
    summary: measurementSummary(measurement),
    json: measurement,
  };
}
