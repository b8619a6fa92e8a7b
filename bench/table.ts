// What a latency table takes and what it is good for: for each space and size the seconds of the table, then the predictor's error on networks that were
// held out, random ones and decoded ones (the largest within a limit, as the predictor has it). Short: a few minutes for all.
// Arguments: --spaces person,person-wide, --sizes 160,224, --threads 2, --calibration 60, --held-out 40, --rounds 30, --out FILE (resumed).
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { chooseCalibrationPaths, chooseHeldOutPaths } from '../src/latency/calibration-paths.ts';
import { calibrate, checkPredictor, pathInformation, plainSumCosts } from '../src/latency/predictor.ts';
import { measureSubnets } from '../src/latency/subnets.ts';
import { buildTable } from '../src/latency/table.ts';
import { type LatencyCosts, type Path, pathLatency } from '../src/latency/types.ts';
import { createRandom } from '../src/lib/random.ts';
import { kBestPaths } from '../src/nas/decoding.ts';
import { candidateMacs, createSupernet } from '../src/nas/supernet.ts';
import { loadSpace } from '../src/network/space.ts';

const { values: args } = parseArgs({
  options: {
    spaces: { type: 'string', default: 'person,person-wide' },
    sizes: { type: 'string', default: '160,224' },
    threads: { type: 'string', default: '2' },
    calibration: { type: 'string', default: '60' },
    'held-out': { type: 'string', default: '40' },
    rounds: { type: 'string', default: '30' },
    out: { type: 'string', default: 'runs/table.jsonl' },
  },
});
const threads = Number(args.threads);
const counts = { calibration: Number(args.calibration), heldOut: Number(args['held-out']) };

interface Row {
  readonly space: string;
  readonly side: number;
  readonly operations: number;
  readonly tableSeconds: number;
  readonly rounds: number;
  readonly pathErrorPercent: number;
  readonly unsettled: number;
  readonly subnetSeconds: number;
  readonly calibration: number;
  readonly heldOut: number;
  readonly errorPercent: number;
  readonly within3: number;
  readonly within5: number;
  readonly decoded: number;
  readonly decodedErrorPercent: number;
  readonly decodedBiasPercent: number;
}

async function measure(name: string, side: number): Promise<Row> {
  const space = await loadSpace(name);
  const input = { height: side, width: side };
  const started = performance.now();
  const table = await buildTable({ space, ...input, threads, seed: 1 });
  const tableSeconds = (performance.now() - started) / 1000;
  console.log(`${name} at ${side}: table of ${table.entries.length} operations in ${tableSeconds.toFixed(0)} s`);

  const plain = plainSumCosts(space, table);
  const random = createRandom(1, 'table-bench');
  const subnetsStarted = performance.now();
  const settings = { ...input, threads, rounds: Number(args.rounds), random };
  const first = await measureSubnets(
    space,
    [
      ...chooseCalibrationPaths(plain, counts.calibration, random, pathInformation(space, table)),
      ...chooseHeldOutPaths(plain, counts.heldOut, random),
    ],
    settings,
  );
  const { costs } = calibrate(space, table, first.subnets.slice(0, counts.calibration));
  const heldOut = first.subnets.slice(counts.calibration);
  // Decoded, and in the same rounds a few of the held-out ones, whose error is what is taken out: the machine's level may have moved.
  const decoded = decodedPaths(costs);
  const anchors = heldOut.filter((_, i) => i % Math.ceil(heldOut.length / 8) === 0);
  const again = await measureSubnets(space, [...decoded, ...anchors.map(({ path }) => path)], settings);
  const ratios = anchors.map(({ latencyMs }, i) => again.subnets[decoded.length + i]!.latencyMs / latencyMs);
  const level = ratios.sort((a, b) => a - b)[ratios.length >> 1]!;
  const errors = decoded.map((path, i) => again.subnets[i]!.latencyMs / level / pathLatency(costs, path) - 1);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const within = (share: number): number =>
    mean(heldOut.map(({ path, latencyMs }) => +(Math.abs(pathLatency(costs, path) / latencyMs - 1) <= share)));

  function decodedPaths(of: LatencyCosts): Path[] {
    const macs = candidateMacs(createSupernet(space, input));
    const sorted = heldOut.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
    const limits = [0.2, 0.4, 0.6, 0.8].map((share) => sorted[Math.floor(share * sorted.length)]!);
    return limits.flatMap((limit) => kBestPaths(of, limit, macs, 3).map(({ path }) => path));
  }
  return {
    space: name,
    side,
    operations: table.entries.length,
    tableSeconds,
    rounds: Math.min(...table.entries.map(({ count }) => count)),
    pathErrorPercent: table.quality.pathErrorPercent!,
    unsettled: table.quality.unsettled,
    subnetSeconds: (performance.now() - subnetsStarted) / 1000,
    calibration: counts.calibration,
    heldOut: heldOut.length,
    errorPercent: checkPredictor(costs, heldOut).meanAbsoluteErrorPercent,
    within3: within(0.03),
    within5: within(0.05),
    decoded: decoded.length,
    decodedErrorPercent: 100 * mean(errors.map(Math.abs)),
    decodedBiasPercent: 100 * mean(errors),
  };
}

function readRows(): Row[] {
  if (!existsSync(args.out)) return [];
  const whole = readFileSync(args.out, 'utf8').split('\n').slice(0, -1);
  return whole.map((line) => JSON.parse(line) as Row);
}

mkdirSync(dirname(args.out), { recursive: true });
for (const name of args.spaces.split(','))
  for (const side of args.sizes.split(',').map(Number))
    if (!readRows().some((row) => row.space === name && row.side === side))
      appendFileSync(args.out, `${JSON.stringify(await measure(name, side))}\n`);

const share = (value: number): string => `${(100 * value).toFixed(0)} %`;
const percent = (value: number): string => `${value.toFixed(1)} %`;
console.log(
  markdownTable([
    [
      'space, size',
      'operations',
      'table, seconds (rounds)',
      'error of paths; not settled',
      'whole networks, seconds',
      'held out: mean error, within 3 %, 5 %',
      'decoded: mean error, bias',
    ],
    ...readRows().map((row) => [
      `${row.space}, ${row.side} x ${row.side}`,
      String(row.operations),
      `${row.tableSeconds.toFixed(0)} (${row.rounds})`,
      `${row.pathErrorPercent.toFixed(2)} %; ${row.unsettled}`,
      row.subnetSeconds.toFixed(0),
      `${row.heldOut}: ${percent(row.errorPercent)}, ${share(row.within3)}, ${share(row.within5)}`,
      `${row.decoded}: ${percent(row.decodedErrorPercent)}, ${percent(row.decodedBiasPercent)}`,
    ]),
  ]),
);
