import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// node_modules/pure-rand/lib/esm/generator/xoroshiro128plus.js
var jumps = [
  3639956645,
  3750757012,
  1261568508,
  386426335
], XoroShiro128Plus = class XoroShiro128Plus2 {
  constructor(s01, s00, s11, s10) {
    this.s01 = s01, this.s00 = s00, this.s11 = s11, this.s10 = s10;
  }
  clone() {
    return new XoroShiro128Plus2(this.s01, this.s00, this.s11, this.s10);
  }
  next() {
    let out = this.s00 + this.s10 | 0, a0 = this.s10 ^ this.s00, a1 = this.s11 ^ this.s01, s00 = this.s00, s01 = this.s01;
    return this.s00 = s00 << 24 ^ s01 >>> 8 ^ a0 ^ a0 << 16, this.s01 = s01 << 24 ^ s00 >>> 8 ^ a1 ^ (a1 << 16 | a0 >>> 16), this.s10 = a1 << 5 ^ a0 >>> 27, this.s11 = a0 << 5 ^ a1 >>> 27, out;
  }
  jump() {
    let ns01 = 0, ns00 = 0, ns11 = 0, ns10 = 0, s01 = this.s01, s00 = this.s00, s11 = this.s11, s10 = this.s10;
    for (let i = 0; i !== 4; ++i) {
      let ji = jumps[i];
      for (let mask = 1; mask; mask <<= 1) {
        ji & mask && (ns01 ^= s01, ns00 ^= s00, ns11 ^= s11, ns10 ^= s10);
        let a0 = s10 ^ s00, a1 = s11 ^ s01, s00_ = s00, s01_ = s01;
        s00 = s00_ << 24 ^ s01_ >>> 8 ^ a0 ^ a0 << 16, s01 = s01_ << 24 ^ s00_ >>> 8 ^ a1 ^ (a1 << 16 | a0 >>> 16), s10 = a1 << 5 ^ a0 >>> 27, s11 = a0 << 5 ^ a1 >>> 27;
      }
    }
    this.s01 = ns01, this.s00 = ns00, this.s11 = ns11, this.s10 = ns10;
  }
  getState() {
    return [
      this.s01,
      this.s00,
      this.s11,
      this.s10
    ];
  }
};
function xoroshiro128plusFromState(state) {
  if (state.length !== 4) throw new Error("The state must have been produced by a xoroshiro128plus RandomGenerator");
  return new XoroShiro128Plus(state[0], state[1], state[2], state[3]);
}
function xoroshiro128plus(seed) {
  return new XoroShiro128Plus(-1, ~seed, seed | 0, 0);
}

// src/lib/random.ts
function wrap(generator) {
  let uniform = () => (generator.next() >>> 0) / 4294967296, int = (n) => Math.floor(uniform() * n);
  return {
    uniform,
    int,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation: (n) => {
      let order = Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        let j = int(i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
      return order;
    },
    state: () => [...generator.getState()]
  };
}
function createRandom(seed, ...labels) {
  return wrap(xoroshiro128plus(hash([seed, ...labels].join("\0"))));
}
function restoreRandom(state) {
  return wrap(xoroshiro128plusFromState([...state]));
}
function hash(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h = Math.imul(h ^ h >>> 16, 2246822507), h = Math.imul(h ^ h >>> 13, 3266489909), h ^ h >>> 16;
}

export {
  createRandom,
  restoreRandom
};
