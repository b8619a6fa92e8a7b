// Seeded random numbers whose whole state fits into a checkpoint: the generator is pure-rand's xoroshiro128+.
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded generator. Equal states give equal draws on every machine. */
export interface Random {
  /** Uniform in [0, 1), 32 bits of resolution. */
  uniform(): number;
  /** Uniform integer in [0, n). */
  int(n: number): number;
  /** Standard normal (Box-Muller, one draw kept from each pair so that the state is only the generator's). */
  normal(): number;
  /** A random permutation of 0 .. n-1 (Fisher-Yates). */
  permutation(n: number): number[];
  /** The state, for a checkpoint; give it to `restoreRandom`. */
  state(): number[];
}

type Generator = ReturnType<typeof xoroshiro128plus>;

function wrap(generator: Generator): Random {
  const uniform = (): number => (generator.next() >>> 0) / 4294967296;
  const int = (n: number): number => Math.floor(uniform() * n);
  return {
    uniform,
    int,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation: (n) => {
      const order = Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = int(i + 1);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return order;
    },
    state: () => [...generator.getState()],
  };
}

/**
 * A generator from a seed and labels: different labels give independent streams of the same seed, so that the
 * numbers of one purpose (say, the augmentation of step 12) do not depend on how many another purpose drew.
 */
export function createRandom(seed: number, ...labels: (string | number)[]): Random {
  return wrap(xoroshiro128plus(hash([seed, ...labels].join('\u0000'))));
}

/** A generator that goes on where `state()` was taken. */
export function restoreRandom(state: readonly number[]): Random {
  return wrap(xoroshiro128plusFromState([...state]));
}

/**
 * FNV-1a, 32 bits, of the UTF-16 code units, then MurmurHash3's finalizer: without it labels that differ in their last digits give
 * seeds so alike that the generator's first draws are nearly equal.
 */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
