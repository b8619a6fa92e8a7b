// How well the predictor knows whole networks: a table, 24 subnets to calibrate on and 30 held out, all of them measured here and now.
// Arguments: space (person), side in pixels (160), threads (2), rounds (30).
import { createRandom } from '../src/base/random.ts';
import {
  calibrate,
  checkPredictor,
  chooseCalibrationPaths,
  type PredictorError,
  plainSumCosts,
} from '../src/latency/predictor.ts';
import { measureSubnets } from '../src/latency/subnets.ts';
import { buildTable } from '../src/latency/table.ts';
import { loadSpace } from '../src/network/space.ts';

const [name = 'person', side = '160', threads = '2', rounds = '30'] = process.argv.slice(2);
const input = { height: Number(side), width: Number(side) };
const settings = { ...input, threads: Number(threads) };
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(0)} s`;

const space = await loadSpace(name);
const start = performance.now();
const table = await buildTable({ space, ...settings, seed: 1 });
console.log(
  `table: ${table.entries.length} operations in ${seconds(start)}; drift reference ${table.drift.referenceMs.toFixed(3)} ms`,
);

const plainSum = plainSumCosts(space, table);
const calibration = chooseCalibrationPaths(plainSum, 24, createRandom(1, 'calibration'));
// The extremes are calibrated on, so they are not held out.
const heldOut = chooseCalibrationPaths(plainSum, 32, createRandom(1, 'held-out')).slice(2);
const since = performance.now();
const { subnets, drift } = await measureSubnets(space, [...calibration, ...heldOut], {
  ...settings,
  rounds: Number(rounds),
  random: createRandom(1, 'rounds'),
});
console.log(`subnets: ${subnets.length} in ${seconds(since)}; drift reference ${drift.referenceMs.toFixed(3)} ms`);

const predictor = calibrate(space, table, subnets.slice(0, calibration.length));
const check = checkPredictor(predictor.costs, subnets.slice(calibration.length), plainSum);
const line = (what: string, e: PredictorError): string =>
  `${what}: mean absolute error ${e.meanAbsoluteErrorPercent.toFixed(2)} %, bias ${e.biasPercent.toFixed(2)} %, ` +
  `within 5 % ${(100 * e.within5Percent).toFixed(0)} %, Spearman ${e.spearman.toFixed(3)}`;
console.log(`coefficients: ${predictor.coefficients.map((c) => `${c.name} ${c.value.toFixed(4)}`).join(', ')}`);
console.log(line(`calibrated, ${check.count} held-out subnets`, check));
console.log(line('plain sum of the table', check.plainSum!));
console.log(`multiply-accumulates: Spearman ${check.macsSpearman?.toFixed(3)}`);
