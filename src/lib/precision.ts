// What training multiplies in.

/** What the products of pointwise convolutions are made of. Their sums, and everything else, are float32. */
export const precisions = ['float32', 'bfloat16'] as const;
export type Precision = (typeof precisions)[number];
