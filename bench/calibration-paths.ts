// What the choice of calibration networks is worth: predictors of simulated machines, whose weights are drawn from the predictor's own priors, calibrated on
// networks that are only spread over the latency range and on D-optimal ones. Measures nothing.
// Arguments: --machines N (default 12).
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { chooseCalibrationPaths, chooseHeldOutPaths } from '../src/latency/calibration-paths.ts';
import { calibrate, type MeasuredSubnet, pathInformation, plainSumCosts } from '../src/latency/predictor.ts';
import { type Path, pathLatency } from '../src/latency/types.ts';
import { createRandom } from '../src/lib/random.ts';
import { loadSpace } from '../src/network/space.ts';
import { sampleTable } from '../test/latency/sample-table.ts';

const { values: args } = parseArgs({ options: { machines: { type: 'string', default: '12' } } });
const machines = Number(args.machines);
/** Of a subnet's measurement, as a share. */
const noise = 0.007;
const heldOut = 150;

const space = await loadSpace('person');
const table = sampleTable(space, { height: 224, width: 224 });
const plain = plainSumCosts(space, table);
const information = pathInformation(space, table);

/** A machine's latency of a path: that of the plain sum, with every weight off by a draw from its prior. */
function machine(seed: number): (path: Path) => number {
  const random = createRandom(seed, 'machine');
  const [fastest] = chooseHeldOutPaths(plain, 1, random);
  const weights = information(fastest!).map(() => random.normal());
  return (path) =>
    pathLatency(plain, path) * (1 + information(path).reduce((sum, value, i) => sum + value * weights[i]!, 0));
}

/** Errors of a predictor, as shares, on paths spread over the range and on uniform ones. */
function errorsOf(seed: number, paths: readonly Path[]): number[] {
  const latencyOf = machine(seed);
  const random = createRandom(seed, 'measurements');
  const measured = paths.map((path): MeasuredSubnet => {
    const latencyMs = latencyOf(path);
    return { path, latencyMs: latencyMs * (1 + noise * random.normal()), errorMs: noise * latencyMs };
  });
  const { costs } = calibrate(space, table, measured);
  const uniform = Array.from({ length: heldOut }, () => space.layers.map((layer) => random.int(layer.length)));
  const others = [...chooseHeldOutPaths(plain, heldOut, random), ...uniform];
  return others.map((path) => Math.abs(pathLatency(costs, path) / latencyOf(path) - 1));
}

const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const sizes = [12, 20, 60];
const choices = {
  'spread alone': (count: number, seed: number) => chooseHeldOutPaths(plain, count, createRandom(seed, 'choice')),
  'D-optimal': (count: number, seed: number) =>
    chooseCalibrationPaths(plain, count, createRandom(seed, 'choice'), information),
};
const rows = Object.entries(choices).map(([name, choose]) => [
  name,
  ...sizes.map((size) => {
    const errors = Array.from({ length: machines }, (_, seed) => errorsOf(seed, choose(size, seed))).flat();
    return `${percent(mean(errors))}, ${percent(mean(errors.map((error) => +(error <= 0.03))))}`;
  }),
]);
console.log(markdownTable([['mean error, share within 3 %', ...sizes.map((size) => `${size} networks`)], ...rows]));
