import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/lib/errors.ts
var ExitCode = {
  pass: 0,
  budgetMissed: 1,
  badInput: 2,
  inconclusive: 3,
  interrupted: 130,
  terminated: 143
}, UserError = class extends Error {
  name = "UserError";
  exitCode;
  constructor(message, exitCode = ExitCode.badInput) {
    super(message), this.exitCode = exitCode;
  }
};
function nearestName(name, candidates) {
  let best, bestDistance = Math.max(2, Math.floor(name.length / 2)) + 1;
  for (let candidate of candidates) {
    let distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    distance < bestDistance && (best = candidate, bestDistance = distance);
  }
  return best;
}
function editDistance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    let next = [i];
    for (let j = 1; j <= b.length; j++) {
      let substitution = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}

export {
  ExitCode,
  UserError,
  nearestName
};
