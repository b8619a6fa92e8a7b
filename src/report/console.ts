// The short plain table at the end of a run, for a terminal or a log.
import type { Result } from '../pipeline/result.ts';
import { budgetAmount, budgetState, networkCells, networkColumns, verdictWords } from './format.ts';

/** A result as aligned plain text: the networks, the budgets, the verdict with its reason as the last line. */
export function consoleSummary(result: Result): string {
  const { height, width } = result.input;
  const networks = [[...networkColumns], ...result.networks.map(networkCells)];
  const budgets = result.budgets.map((budget) => [
    budget.name,
    `${budgetAmount(budget.name, budget.actual)} of ${budgetAmount(budget.name, budget.limit)}`,
    budgetState(budget),
  ]);
  const machine = `${result.hardware.cpu.model}, ${result.threads} thread${result.threads === 1 ? '' : 's'}, input ${height} x ${width}`;
  const parts = [machine, '', ...align(networks, true)];
  if (budgets.length > 0) parts.push('', ...align(budgets, false));
  return [...parts, '', `${verdictWords[result.verdict]}: ${result.reason}`].join('\n');
}

/** Rows with their columns made equally wide; all but the first aligned to the right where `numbers`. */
function align(rows: readonly (readonly string[])[], numbers: boolean): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (numbers && column > 0 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}
