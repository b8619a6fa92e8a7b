// Which operators are slower in head than in base (the two models of a comparison): their ONNX Runtime profiles, in turns over several sessions, node by node.

import { median } from 'simple-statistics';
import type { OperatorDifference } from '../contracts/result.ts';
import { createRandom } from '../lib/random.ts';
import { meanInterval } from '../metrics/quantiles.ts';
import { withPinnedThreads } from '../runtime/pinning.ts';
import { type ProfiledNode, profileRuns } from '../runtime/profile.ts';
import { prepareToTime, type TimedModel } from './image-model.ts';
import { optimizeTimed } from './models.ts';

/** Sessions of each model; runs in each session that count; runs before them that do not, while the session settles. */
const [sessions, runs, settling] = [8, 12, 8];
/** Differences that are listed. */
const most = 10;
/** Of each node's interval. */
const confidence = 0.99;
/** Least difference of a node, as a share of base's whole time: the nodes that change layouts differ by less between two preparations of one model. */
const leastShare = 0.01;

/** Milliseconds of each node by its key, in one session. */
type Session = ReadonlyMap<string, { readonly operator: string; readonly ms: number }>;

/**
 * Profiles base and head in turns, and lists where head takes more or less time.
 * @throws UserError when a model cannot be measured
 */
export async function compareOperators(
  base: TimedModel,
  head: TimedModel,
  threads: number,
): Promise<OperatorDifference[]> {
  return withPinnedThreads(threads, async ({ cores }) => {
    const prepared = [];
    const models = [base, head];
    for (const [i, { bytes, feeds, dimensions }] of prepareToTime(models, createRandom(0, 'profile')).entries())
      prepared.push({ feeds, ...(await optimizeTimed(models[i]!.name, bytes, { threads, cores, dimensions })) });
    const found: [Session[], Session[]] = [[], []];
    const random = createRandom(0, 'profile', 'order');
    for (let session = 0; session < sessions; session++)
      for (const side of random.permutation(2)) {
        const { optimized, feeds, settings } = prepared[side]!;
        const nodes = await profileRuns(optimized, settings, async (opened) => {
          for (let run = 0; run < settling + runs; run++) await opened.run(feeds);
        });
        found[side]!.push(sessionOf(nodes));
      }
    return operatorDifferences(...found);
  });
}

/** The median time of each node over the runs that count. */
function sessionOf(nodes: readonly ProfiledNode[]): Session {
  const perRun = nodes.length / (settling + runs);
  const all = new Map<string, { operator: string; times: number[] }>();
  for (let run = settling; run < settling + runs; run++) {
    for (const [key, node] of keysOf(nodes.slice(run * perRun, (run + 1) * perRun))) {
      const known = all.get(key) ?? { operator: node.operator, times: [] };
      known.times.push(node.ms);
      all.set(key, known);
    }
  }
  return new Map([...all].map(([key, { operator, times }]) => [key, { operator, ms: median(times) }]));
}

/**
 * Nodes by their names. A missing name, or one that is only a number, cannot be compared: numbers change with every node before. Such a node's key is
 * its operator and the shapes of its outputs, and a count where several nodes have the same.
 */
export function keysOf(nodes: readonly ProfiledNode[]): Map<string, ProfiledNode> {
  const keys = new Map<string, ProfiledNode>();
  for (const node of nodes) {
    const isNumbered = /^_(?:token_)?\d+$/.test(node.name.replace(node.operator, ''));
    const kind =
      (!isNumbered && node.name) || `${node.operator} to ${node.outputs.map((dims) => dims.join(' x ')).join(', ')}`;
    let key = kind;
    for (let count = 2; keys.has(key); count++) key = `${kind} (${count})`;
    keys.set(key, node);
  }
  return keys;
}

/**
 * Differences of nodes that have the same name and operator, and of nodes that only one model has. They are taken session by session, so that each has an
 * interval. Those whose interval contains 0, and those that hardly matter, are left out.
 * @returns the largest first
 */
export function operatorDifferences(base: readonly Session[], head: readonly Session[]): OperatorDifference[] {
  const keys = new Set(
    [...base, ...head].flatMap((session) => [...session].map(([key, { operator }]) => `${operator}\n${key}`)),
  );
  const timesOf = (all: readonly Session[], operator: string, name: string): number[] =>
    all.map((session) => {
      const node = session.get(name);
      return node?.operator === operator ? node.ms : 0;
    });
  const totals = base.map((session) => [...session.values()].reduce((sum, { ms }) => sum + ms, 0));
  const least = leastShare * median(totals);
  return [...keys]
    .map((key): OperatorDifference => {
      const [operator, name] = key.split('\n') as [string, string];
      const [before, after] = [timesOf(base, operator, name), timesOf(head, operator, name)];
      const differences = after.map((ms, session) => ms - before[session]!);
      const interval = meanInterval(differences, confidence);
      return { operator, name, baseMs: median(before), headMs: median(after), interval };
    })
    .filter(({ baseMs, headMs, interval: [low, high] }) => (low > 0 || high < 0) && Math.abs(headMs - baseMs) >= least)
    .sort((a, b) => Math.abs(b.headMs - b.baseMs) - Math.abs(a.headMs - a.baseMs))
    .slice(0, most);
}
