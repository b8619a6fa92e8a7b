// Candidates along the front between the most probable path and the largest one. A briefly trained supernet underrates large operations (each has
// had few steps, and small ones settle sooner), and size is a strong predictor of accuracy at no cost (White et al., "A deeper look at zero-cost
// proxies", ICLR blog track 2022; Krishnakumar et al., NAS-Bench-Suite-Zero, NeurIPS 2022). Which of the two to trust is for trial trainings to say.
import type { LatencyCosts, Path } from '../latency/types.ts';
import { type DecodedPath, kBestPaths } from './decoding.ts';
import { pathTotal } from './lattice.ts';

/**
 * The `k` best paths within the budget at each of several weightings of log-probability and size, from log-probability alone to size alone. The unit of
 * each is its difference between those two ends. A path that several points find stands in the first of them. One point: the most probable paths.
 * @param maxLatenciesMs budget of each point
 * @param logProbabilities [layer][operation], or coupled, in nats
 * @param sizes [layer][operation], such as multiply-accumulates
 * @returns one list for each point, best first; a list is empty where earlier points have all of its paths
 * @throws UserError when no path meets the budget
 */
export function tradeOffs(
  costs: LatencyCosts,
  maxLatenciesMs: readonly number[],
  logProbabilities: readonly Float64Array[],
  sizes: readonly Float64Array[],
  k: number,
): DecodedPath[][] {
  const probable = kBestPaths(costs, maxLatenciesMs[0]!, logProbabilities, k);
  if (maxLatenciesMs.length === 1) return [probable];
  const largest = kBestPaths(costs, maxLatenciesMs.at(-1)!, sizes, k);
  const ends = [probable[0]!.path, largest[0]!.path] as const;
  const layerSizes = costs.single.map((row) => row.length);
  const total = (values: readonly Float64Array[], path: Path): number => pathTotal(values, layerSizes, path);
  const unit = (values: readonly Float64Array[]): number =>
    Math.abs(total(values, ends[0]) - total(values, ends[1])) || 1;
  const [nats, size] = [unit(logProbabilities), unit(sizes)];
  const named = new Set<string>();
  return maxLatenciesMs.map((maxLatencyMs, point) => {
    const weight = point / (maxLatenciesMs.length - 1);
    const scores = logProbabilities.map((row, layer) =>
      row.map((value, entry) => {
        const operation = entry % layerSizes[layer]!;
        return ((1 - weight) * value) / nats + (weight * sizes[layer]![operation]!) / size;
      }),
    );
    return kBestPaths(costs, maxLatencyMs, scores, k).flatMap(({ path, latencyMs }) => {
      if (named.has(path.join())) return [];
      named.add(path.join());
      return [{ path, latencyMs, logProbability: total(logProbabilities, path) }];
    });
  });
}

/**
 * The largest of those that score at most `tolerance` below the best: a supernet's scores cannot tell near-equal networks apart.
 * @returns undefined when there is none to choose from
 */
export function largestOfTheBest<T extends { readonly supernetMiou: number; readonly macs: number }>(
  candidates: readonly T[],
  tolerance: number,
): T | undefined {
  const best = Math.max(...candidates.map(({ supernetMiou }) => supernetMiou));
  const equals = candidates.filter(({ supernetMiou }) => supernetMiou >= best - tolerance);
  return equals.sort((a, b) => b.macs - a.macs || b.supernetMiou - a.supernetMiou)[0];
}
