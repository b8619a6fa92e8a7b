// A front of accuracy over latency from one supernet: under each of several limits networks are decoded from the same architecture parameters, measured,
// scored, and one is taken, as under the run's own limit. What a further limit costs is its candidates and the training of one network.
import { join } from 'node:path';
import { z } from 'zod';
import type { Architecture } from '../../contracts/architecture.ts';
import type { Recipe } from '../../contracts/recipe.ts';
import type { Front } from '../../contracts/result.ts';
import { readCheckedJson, writeCheckedJson } from '../../lib/checked-json.ts';
import { UserError } from '../../lib/errors.ts';
import { type LatencyLimit, limitName, parseLimit } from '../../lib/values.ts';
import { architectureOf } from '../../network/space.ts';
import { type SearchContext, searchedName } from '../context.ts';
import { checkpointIn } from '../run-folder.ts';
import { type DeriveInputs, type DeriveStage, deriveStage } from './derive.ts';
import { type LatencyBudget, type LatencyStage, latencyBudget } from './latency.ts';
import { type Candidate, chosenOf, networkKey, openTrials, type Ranking, readRanking } from './trials.ts';

const frontSchema = z.object({ schema: z.literal('proxyless-ci/front@1'), limits: z.array(z.string()) });

/** Limits closer than this share of one another are the same. */
const rounding = 1e-6;

/**
 * The context of one limit of a front: its budget in place of the recipe's, and files of its own.
 * @throws UserError when the limit is a multiple and the recipe does not name one baseline to multiply
 */
function withLimit(context: SearchContext, limit: LatencyLimit): SearchContext {
  const { recipe, folder } = context;
  const name = limitName(limit);
  return {
    ...context,
    limit: name,
    recipe: { ...recipe, budgets: budgetsOf(recipe, limit) },
    folder: {
      ...folder,
      ranking: checkpointIn(folder.path, `ranking-${name}.json`),
      architecture: join(folder.path, `architecture-${name}.json`),
      model: join(folder.path, `model-${name}.onnx`),
    },
  };
}

function budgetsOf({ budgets, name }: Recipe, limit: LatencyLimit): Recipe['budgets'] {
  if ('ms' in limit) return { maxLatencyMs: limit.ms };
  const [baseline, ...others] = Object.keys(budgets.maxLatencyVs ?? {});
  if (baseline === undefined || others.length > 0)
    throw new UserError(
      `--limits ${limitName(limit)}: recipe ${name} must name one baseline under budgets.max-latency-vs, which the limit is a multiple of; or give milliseconds, such as 5ms`,
    );
  return { maxLatencyVs: { [baseline]: limit.times } };
}

/** Limits of the front that the run folder is to have, the largest first; none where it has no front. */
async function limitsOf({ folder }: Pick<SearchContext, 'folder'>): Promise<LatencyLimit[]> {
  const saved = await readCheckedJson(folder.checkpoint('front.json'), frontSchema);
  return (saved?.limits ?? []).map((text) => parseLimit(text)!);
}

/**
 * Checks limits, with those of the folder's front, and writes them into the run folder as its front.
 * @returns the context and budget of each, the largest first
 * @throws UserError when no network meets one, or one is above the run's own, which the supernet is trained for
 */
export async function openFront(
  context: SearchContext,
  latency: LatencyStage,
  own: LatencyBudget,
  given: readonly LatencyLimit[] | undefined,
): Promise<{ context: SearchContext; budget: LatencyBudget }[]> {
  const asked = new Map([...(await limitsOf(context)), ...(given ?? [])].map((limit) => [limitName(limit), limit]));
  const opened = [...asked.values()].flatMap((limit) => {
    const limited = withLimit(context, limit);
    const budget = latencyBudget(limited, latency);
    // The run's own point.
    if (Math.abs(budget.maxLatencyMs / own.maxLatencyMs - 1) < rounding) return [];
    if (budget.maxLatencyMs > own.maxLatencyMs)
      throw new UserError(
        `--limits ${limitName(limit)}: ${budget.maxLatencyMs.toFixed(3)} ms is above the recipe's own limit of ${own.maxLatencyMs.toFixed(3)} ms (${own.from}), ` +
          'within which the supernet is trained; raise that one in the recipe',
      );
    return [{ context: limited, budget }];
  });
  opened.sort((a, b) => b.budget.maxLatencyMs - a.budget.maxLatencyMs);
  if (given) {
    const limits = opened.map((one) => one.context.limit!);
    await writeCheckedJson(context.folder.checkpoint('front.json'), { schema: 'proxyless-ci/front@1', limits });
  }
  return opened;
}

/** Derives a network under each limit, or takes over what an interrupted run had derived. */
export async function frontStage(
  opened: Awaited<ReturnType<typeof openFront>>,
  inputs: DeriveInputs,
  deferTrials: boolean | undefined,
): Promise<DeriveStage[]> {
  const derived: DeriveStage[] = [];
  for (const { context, budget } of opened)
    derived.push(await deriveStage(context, { ...inputs, budget }, deferTrials));
  return derived;
}

/** A limit as its files have it. */
export interface SavedPoint {
  readonly context: SearchContext;
  readonly ranking: Ranking;
}

/** What the run folder has of its front. */
export async function readFront(context: SearchContext): Promise<SavedPoint[]> {
  const points: SavedPoint[] = [];
  for (const limit of await limitsOf(context)) {
    const limited = withLimit(context, limit);
    const ranking = await readRanking(limited.folder);
    if (ranking) points.push({ context: limited, ranking });
  }
  return points;
}

/** The candidate that was taken; none while trial trainings are left, which decide. */
function takenOf({ recipe }: SearchContext, ranking: Ranking): Candidate | undefined {
  if (openTrials(recipe, ranking).length > 0) return undefined;
  return chosenOf(ranking);
}

/** A network of the front, and the context whose files it is written to. */
export interface FrontNetwork {
  readonly architecture: Architecture;
  readonly context: SearchContext;
}

/** The networks that the front has beside the run's own, each once though several limits may take it. */
export async function frontNetworks(context: SearchContext): Promise<FrontNetwork[]> {
  const own = await readRanking(context.folder);
  const taken = own && takenOf(context, own);
  const seen = new Set(taken && [networkKey(taken)]);
  return (await readFront(context)).flatMap(({ context: limited, ranking }) => {
    const candidate = takenOf(limited, ranking);
    if (!candidate || seen.has(networkKey(candidate))) return [];
    seen.add(networkKey(candidate));
    const architecture = architectureOf(context.space, candidate.path, searchedName(limited), candidate.input);
    return [{ architecture, context: limited }];
  });
}

/** What results say of the front: the run's own limit and the others, the largest first; undefined where there is none. */
export async function frontFacts(context: SearchContext): Promise<Front | undefined> {
  const points = await readFront(context);
  if (points.length === 0) return undefined;
  const own = await readRanking(context.folder);
  const names = new Map<string, string>();
  return {
    points: [...(own ? [{ context, ranking: own }] : []), ...points].map(({ context: limited, ranking }) => {
      const taken = takenOf(limited, ranking);
      const key = taken && networkKey(taken);
      const network = key === undefined ? null : (names.get(key) ?? searchedName(limited));
      if (key !== undefined) names.set(key, network!);
      const { predictedMs, limitShare, supernetMiou, trialMiou } = taken ?? {};
      return {
        ...{ limit: limited.limit ?? 'the search', maxLatencyMs: ranking.maxLatencyMs, network },
        ...(taken ? { predictedMs, limitShare, supernetMiou } : {}),
        ...(trialMiou === undefined ? {} : { trialMiou }),
        randomMiou: ranking.randomSubnets.mean,
      };
    }),
  };
}
