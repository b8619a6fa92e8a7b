// MobileNetV3 blocks (Howard et al., ICCV 2019, section 5): inverted bottlenecks with squeeze-excite and hard-swish.
import type { Layer } from '../../contracts/architecture.ts';
import type { Operation } from '../types.ts';

/**
 * Rounds a width to the nearest multiple of the divisor, never more than 10 % down (reference implementation of MobileNetV2 and V3).
 */
export function makeDivisible(width: number, divisor: number): number {
  const rounded = Math.max(divisor, Math.floor((width + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * width ? rounded + divisor : rounded;
}

function mobileNetV3(kernel: 3 | 5 | 7): Operation {
  return {
    name: `mbv3_${kernel}x${kernel}`,
    ownShortcut: true,
    check: (layer: Layer) =>
      layer.expanded < 1 ? `needs an expanded width of at least 1, not ${layer.expanded}` : undefined,
    build(b, x, layer) {
      const { activation, expanded } = layer;
      // As in the reference implementation, a block that does not widen has no expanding convolution.
      const wide = expanded === layer.in ? x : b.convBn(x, 'expand', { out: expanded, kernel: 1 }, { activation });
      const filtered = b.convBn(
        wide,
        'depthwise',
        { out: expanded, kernel, stride: layer.stride, depthwise: true },
        { activation },
      );
      const excited = layer.squeezeExcite ? b.squeezeExcite(filtered, 'se', makeDivisible(expanded / 4, 8)) : filtered;
      const keeps = layer.stride === 1 && layer.in === layer.out;
      return b.convBn(excited, 'project', { out: layer.out, kernel: 1 }, keeps ? { residual: x } : {});
    },
  };
}

/** `mbv3_3x3`, `mbv3_5x5` and, beyond the paper, `mbv3_7x7`. */
export const mobileNetV3Operations: readonly Operation[] = [mobileNetV3(3), mobileNetV3(5), mobileNetV3(7)];
