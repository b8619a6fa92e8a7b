// The registry of operations: a new one is a file beside this one and a line below.
import { nearestName, UserError } from '../../lib/errors.ts';
import type { Operation } from '../types.ts';
import { dilatedOperations } from './dilated.ts';
import { mobileNetV2Operations } from './mobilenetv2.ts';
import { mobileNetV3Operations } from './mobilenetv3.ts';
import { separableOperations } from './separable.ts';
import { shuffleOperation } from './shuffle.ts';
import { skipOperation } from './skip.ts';
import { maxPoolOperation, xceptionOperation } from './xception.ts';

const registered: readonly Operation[] = [
  ...mobileNetV3Operations,
  ...mobileNetV2Operations,
  ...dilatedOperations,
  ...separableOperations,
  shuffleOperation,
  skipOperation,
  xceptionOperation,
  maxPoolOperation,
];

/** Every operation, by its name. */
export const operations: ReadonlyMap<string, Operation> = new Map(registered.map((op) => [op.name, op]));

/** What to tell a user who named an operation that does not exist. */
export function unknownOperation(name: string): string {
  const nearest = nearestName(name, [...operations.keys()]);
  const hint = nearest ? `did you mean "${nearest}"?` : `known operations: ${[...operations.keys()].join(', ')}`;
  return `unknown operation "${name}"; ${hint}`;
}

/**
 * The operation of that name.
 * @throws UserError that suggests the nearest name
 */
export function getOperation(name: string): Operation {
  const operation = operations.get(name);
  if (!operation) throw new UserError(unknownOperation(name));
  return operation;
}
