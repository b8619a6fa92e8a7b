// Which ONNX operators a model or a space needs, and whether a target runtime has them.

import { decodeModel } from '../graph/onnx.ts';
import { UserError } from '../lib/errors.ts';

/** The operators of a model, sorted; those outside the standard domain as `domain::Operator`. */
export function operatorsOf(bytes: Uint8Array): string[] {
  const nodes = decodeModel(bytes).graph?.node ?? [];
  return [...new Set(nodes.map((node) => (node.domain ? `${node.domain}::${node.opType}` : node.opType)))].sort();
}

/**
 * Checks a model against the operators that the target runtime offers.
 * @throws UserError naming the operators it lacks
 */
export function checkOperators(bytes: Uint8Array, allowed: readonly string[]): void {
  const lacking = operatorsOf(bytes).filter((operator) => !allowed.includes(operator));
  if (lacking.length > 0)
    throw new UserError(`the model needs operators that are not in export.operators: ${lacking.join(', ')}`);
}
