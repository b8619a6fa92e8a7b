// What the pixels of every photo become before a network sees them, in training and in deployment alike.

/** (x / 255 - mean) / std for red, green, blue: ImageNet's statistics, customary for photographs. */
export const normalization = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
} as const;
