// Half-precision floats (IEEE 754 binary16) by their bits: Node 20 has no array of them.

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The bits of the half float nearest to a number; what is too large becomes infinite, what is below 2^-24 becomes 0. */
export function toHalf(value: number): number {
  float[0] = value;
  const sign = (bits[0]! >>> 16) & 0x8000;
  const exponent = ((bits[0]! >>> 23) & 0xff) - 112;
  const fraction = bits[0]! & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00 | (exponent === 143 && fraction ? 0x200 : 0);
  if (exponent > 0) return sign | roundedShift((exponent << 23) | fraction, 13);
  // Below the normal ones: the leading 1 is written out, and shifted right.
  return exponent < -10 ? sign : sign | roundedShift(0x800000 | fraction, 14 - exponent);
}

/** The number that the bits of a half float stand for. */
export function fromHalf(half: number): number {
  const exponent = (half >>> 10) & 31;
  const fraction = half & 0x3ff;
  const sign = half & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** value / 2^shift, to the nearest, ties to even. */
function roundedShift(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & (2 ** shift - 1);
  const half = 2 ** (shift - 1);
  return kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0);
}
