// Settings that both a door and a recipe can give, resolved here and nowhere else: the door's value stands over the recipe's, the recipe's
// over the default.
import { budgetsSchema, type Recipe } from '../contracts/recipe.ts';
import { checkSchema } from '../lib/files.ts';
import { coresAvailable } from '../runtime/hardware.ts';

/** Budgets as doors and recipe files give them, by the recipe's names (`max-latency-ms`); values are unchecked. */
export type BudgetFields = Readonly<Record<string, unknown>>;

/** The seed of commands that work without a recipe. */
export const seedWithoutRecipe = 1;

/**
 * Threads of ONNX Runtime: the door's, else the recipe's, else the cores that this process may use.
 */
export async function resolveThreads(given: number | undefined, ofRecipe?: number): Promise<number> {
  return given ?? ofRecipe ?? (await coresAvailable());
}

/**
 * Budgets, field by field: the door's, else the recipe's.
 * @param ofRecipe the recipe's field as its file has it; where that is not an object, the recipe's schema says so
 */
export function resolveBudgets(given: BudgetFields | undefined, ofRecipe: unknown = {}): unknown {
  const own = ofRecipe ?? {};
  return typeof own === 'object' ? { ...own, ...given } : own;
}

/**
 * Checks budgets that come from elsewhere than a recipe.
 * @param source what errors call the place
 * @throws UserError naming each wrong one
 */
export function checkBudgetFields(fields: unknown, source: string): Recipe['budgets'] {
  return checkSchema(fields, source, budgetsSchema);
}
