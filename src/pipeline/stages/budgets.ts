// Budgets as a stage: where one on latency is too close to tell, all networks are measured longer, once, and judged again.
import { type BudgetResult, type Budgets, checkBudgets, isLatencyUndecided } from '../../verdict/budgets.ts';
import { type EvaluatedNetwork, type EvaluateSettings, measureLonger } from './evaluate.ts';

/** Budgets are looked at twice at most, so that each look has half of the error. */
const looks = 2;

/**
 * Judges the budgets of a run.
 * @param confidence of all looks together
 * @returns the networks with all that was measured of them
 */
export async function budgetsStage(
  budgets: Budgets,
  networks: readonly EvaluatedNetwork[],
  confidence: number,
  settings: EvaluateSettings,
): Promise<{ readonly networks: readonly EvaluatedNetwork[]; readonly budgets: BudgetResult[] }> {
  const first = checkBudgets(budgets, networks, confidence, looks);
  const isMissed = first.some(({ met }) => met === false);
  if (isMissed || !isLatencyUndecided(first)) return { networks, budgets: first };
  const longer = await measureLonger(networks, settings);
  return { networks: longer, budgets: checkBudgets(budgets, longer, confidence, looks) };
}
