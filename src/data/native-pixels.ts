// The passes over pixels by the kernels of native/pixels.c.
import { loadAddon } from '../lib/addon.ts';
import type { PixelPasses } from './pixels.ts';

/** What native/samples.c exports. */
interface PixelKernels {
  resample(...numbersAndArrays: unknown[]): void;
  replaceBackground(image: Float32Array, target: Float32Array, weight: Float32Array, backdrop: Float32Array): void;
  mixBlur(width: number, height: number, image: Float32Array, strength: number): void;
}

/**
 * Only for threads of a process that has found out that this CPU has kernels (`loadKernels`).
 * @throws Error where they cannot be loaded
 */
export function nativePixels(): PixelPasses {
  const kernels = loadAddon<PixelKernels>(['resample', 'replaceBackground', 'mixBlur']);
  return {
    resample(sample, window, colors, out) {
      const from = [sample.width, sample.height, sample.rgb, sample.person, sample.labeled];
      const crop = [window.left, window.top, window.width, window.height, window.flip];
      kernels.resample(...from, ...crop, colors, out.width, out.height, out.image, out.target, out.weight);
    },
    replaceBackground: ({ image, target, weight }, backdrop) =>
      kernels.replaceBackground(image, target, weight, backdrop),
    mixBlur: ({ width, height, image }, strength) => kernels.mixBlur(width, height, image, strength),
  };
}
