// What the pixels of every photo become before a network sees them, in training and in deployment alike.

/** (x / 255 - mean) / std for red, green, blue: ImageNet's statistics, customary for photographs. */
export const normalization = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
} as const;

/** What a pixel becomes: (x - mean) / std for red, green, blue, x from 0 to 1. */
export interface Normalization {
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** Customary normalizations by name. */
export const normalizations = {
  unit: { mean: [0, 0, 0], std: [1, 1, 1] },
  imagenet: normalization,
  symmetric: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  bytes: { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] },
} as const satisfies Readonly<Record<string, Normalization>>;
