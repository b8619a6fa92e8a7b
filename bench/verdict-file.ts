// What bench/verdict keeps: a first line that says what all comparisons have in common, then one line a comparison, in JSON.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TimingBlock } from '../src/contracts/timing.ts';
import type { LatencyVerdict } from '../src/verdict/latency.ts';

/** What all comparisons of a file have in common: a file is continued only under the same protocol. */
export interface Protocol {
  readonly schema: 'proxyless-ci/bench-verdict@1';
  /** Other processes on the cores, in bursts. */
  readonly load: boolean;
  readonly threads: number;
  readonly threshold: number;
  readonly confidence: number;
  /** The machine's. */
  readonly hardware: string;
  readonly cpu: string;
  /** Where the threads ran. */
  readonly pinning: string;
}

/** One comparison. */
export interface Comparison {
  /** The share by which head was made slower. */
  readonly slower: number;
  readonly outcome: LatencyVerdict['outcome'];
  readonly change: number;
  readonly seconds: number;
  /** Standard deviation between the processes of the comparison. */
  readonly processDeviation: number;
  readonly othersShare: number;
  /** [block][session][round] in milliseconds: two sessions of base, two of head. */
  readonly blocks: readonly TimingBlock[];
}

export interface Recording {
  readonly protocol: Protocol;
  readonly comparisons: readonly Comparison[];
}

/**
 * Reads a recording. A line that an interrupted bench has written only in part is dropped.
 * @throws Error where a whole line cannot be read
 */
export function readRecording(file: string): Recording | undefined {
  if (!existsSync(file)) return undefined;
  const [first, ...rest] = wholeLines(file);
  if (first === undefined) return undefined;
  const protocol = parse<Protocol>(first, file, 1);
  if (protocol.schema !== 'proxyless-ci/bench-verdict@1')
    throw new Error(`${file}: not a recording of this bench; choose another --out`);
  return { protocol, comparisons: rest.map((line, i) => parse<Comparison>(line, file, i + 2)) };
}

/**
 * Opens a recording to go on with it, or begins one.
 * @throws Error where the file was recorded under another protocol
 */
export function openRecording(file: string, protocol: Protocol): readonly Comparison[] {
  const found = readRecording(file);
  if (!found) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(protocol)}\n`);
    return [];
  }
  const differing = (Object.keys(protocol) as (keyof Protocol)[]).filter(
    (key) => found.protocol[key] !== protocol[key],
  );
  if (differing.length > 0)
    throw new Error(`${file}: recorded with another ${differing.join(', ')}; choose another --out`);
  const whole = wholeLines(file)
    .map((line) => `${line}\n`)
    .join('');
  if (whole !== readFileSync(file, 'utf8')) writeFileSync(file, whole);
  return found.comparisons;
}

export function appendComparison(file: string, comparison: Comparison): void {
  const rounded = JSON.stringify(comparison, (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1e5) / 1e5 : value,
  );
  appendFileSync(file, `${rounded}\n`);
}

function wholeLines(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1);
}

function parse<T>(line: string, file: string, number: number): T {
  try {
    return JSON.parse(line) as T;
  } catch {
    throw new Error(`${file}: line ${number} is damaged; remove the file`);
  }
}
