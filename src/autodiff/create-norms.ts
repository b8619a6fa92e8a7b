// Chooses between the native operators and graphs of standard ones.
import { fusedNorms } from './fused-norms.ts';
import type { NormOperators } from './norms.ts';
import { plainNorms } from './plain-norms.ts';
import type { Primitives } from './primitives.ts';

/** The operations in the kernels' layout. */
export function createNorms(k: Primitives): NormOperators {
  return k.block === 1 ? plainNorms(k.graph) : fusedNorms(k);
}
