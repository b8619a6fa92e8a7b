import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/lib/normalization.ts
var normalization = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225]
};

export {
  normalization
};
