// The one class for errors a user can cause. Anything else that is thrown is a bug and keeps its stack.

/** Process exit codes, as documented in the README. */
export const ExitCode = {
  pass: 0,
  budgetMissed: 1,
  badInput: 2,
  inconclusive: 3,
  interrupted: 130,
  terminated: 143,
} as const;

/**
 * An error a user can cause and mend. The message names the file and the field and says what would be valid.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number = ExitCode.badInput) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * The candidate that is nearest to a mistyped name (Levenshtein distance), or undefined when none is close.
 * @param name what the user wrote
 * @param candidates valid names
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 2)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
