// The precision that a bench was asked for on its command line.
import { type Precision, precisions } from '../src/lib/precision.ts';

/** Ends the process where the option is none. */
export function askedPrecision(option: string, name: string): Precision {
  const found = precisions.find((one) => one === name);
  if (found) return found;
  console.error(`--${option} is "${name}"; valid are ${precisions.join(' and ')}`);
  process.exit(2);
}
