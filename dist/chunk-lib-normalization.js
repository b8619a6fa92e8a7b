import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/lib/normalization.ts
var normalization = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225]
}, normalizations = {
  unit: { mean: [0, 0, 0], std: [1, 1, 1] },
  imagenet: normalization,
  symmetric: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  bytes: { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] }
};

export {
  normalization,
  normalizations
};
