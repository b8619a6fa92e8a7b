// What bench/predictor prints: the predictor's errors beside those of plain sums and the rank of multiply-accumulates.

import type { LatencyTable } from '../src/contracts/latency-table.ts';
import {
  calibrate,
  checkPredictor,
  type MeasuredSubnet,
  type PredictorError,
  plainSumCosts,
} from '../src/latency/predictor.ts';
import type { LatencyCosts } from '../src/latency/types.ts';
import type { InputSize } from '../src/network/modules.ts';
import type { Space } from '../src/network/space.ts';

/** A subnet as measured, with what else was measured in its batch. */
export interface Measured extends Required<MeasuredSubnet> {
  readonly set: 'calibration' | 'held-out' | 'near';
  /** Subnets that every batch has, MobileNetV3-Large, the drift reference. */
  readonly anchorsMs: readonly number[];
  /** MobileNetV3-Large. */
  readonly referenceMs: number;
  /** Of the drift reference. */
  readonly spread: number;
}

export interface PredictorFindings {
  readonly space: Space;
  readonly table: LatencyTable;
  readonly isolated: LatencyCosts;
  readonly maxLatencyMs: number;
  readonly measured: readonly Measured[];
  readonly input: InputSize;
  readonly threads: number;
}

/** All figures, line by line. */
export function predictorReport(found: PredictorFindings): string {
  const { space, table, isolated, maxLatencyMs, measured, input, threads } = found;
  const of = (set: Measured['set']): Measured[] => measured.filter((subnet) => subnet.set === set);
  const calibration = of('calibration');
  const heldOut = of('held-out');
  const near = of('near');
  const { costs, coefficients, fit } = calibrate(space, table, calibration);
  const plain = plainSumCosts(space, table);
  const check = checkPredictor(costs, heldOut, plain);
  const range = heldOut.map(({ latencyMs }) => latencyMs);
  const errors = heldOut.map(({ latencyMs, errorMs }) => errorMs / latencyMs);
  const meanError = (100 * errors.reduce((a, b) => a + b, 0)) / errors.length;
  const sizes = [5, 10, 20, 30, 45].map((n) => {
    // Evenly spaced, so that each part is also spread over the range.
    const part = [...calibration]
      .sort((a, b) => a.latencyMs - b.latencyMs)
      .filter((_, i, all) => (i * n) % all.length < n);
    const { meanAbsoluteErrorPercent } = checkPredictor(calibrate(space, table, part).costs, heldOut);
    return `${part.length}: ${meanAbsoluteErrorPercent.toFixed(2)} %`;
  });
  return [
    `${space.name} at ${input.height}x${input.width}, ${threads} threads of ${table.hardware.cpu.model}; table: standard error ` +
      `${table.quality.errorPercent.toFixed(2)} %, ${table.quality.unsettled} not settled; subnets: standard error ${meanError.toFixed(2)} % on average`,
    `coefficients: ${coefficients.map(({ name, value }) => `${name} ${value.toPrecision(3)}`).join(', ')}`,
    `fit: ${fit.subnets} subnets, each predicted from the others ${fit.leaveOneOutErrorPercent.toFixed(2)} % off`,
    '',
    line(`held out, ${Math.min(...range).toFixed(2)} to ${Math.max(...range).toFixed(2)} ms`, check),
    ...(near.length > 0
      ? [line(`within 5 % below ${maxLatencyMs.toFixed(2)} ms (MobileNetV3-Large)`, checkPredictor(costs, near))]
      : []),
    line('plain sum of this table', check.plainSum!),
    line('plain sum of an isolated table', checkPredictor(isolated, heldOut)),
    `multiply-accumulates: Spearman ${check.macsSpearman!.toFixed(4)}`,
    `calibrated on fewer: ${sizes.join(', ')}`,
    `nn-Meter (Zhang et al., MobiSys 2021), for reference: 99 % of models within 10 %, on phones`,
  ].join('\n');
}

function line(what: string, e: PredictorError): string {
  const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
  return (
    `${what}: ${e.count} subnets, mean absolute error ${e.meanAbsoluteErrorPercent.toFixed(2)} %, bias ${e.biasPercent.toFixed(2)} %, ` +
    `within 5 % ${share(e.within5Percent)}, within 10 % ${share(e.within10Percent)}, Spearman ${e.spearman.toFixed(4)}`
  );
}
