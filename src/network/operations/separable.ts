// DARTS's separable convolution (Liu et al., ICLR 2019): ReLU, depthwise, pointwise and BN, twice; the first time has the stride.
import type { Operation } from '../types.ts';

function separableConvolution(kernel: 3 | 5): Operation {
  return {
    name: `sepconv_${kernel}x${kernel}`,
    check: () => undefined,
    build(b, x, layer) {
      const depthwise = { out: layer.in, kernel, depthwise: true };
      const first = b.conv(b.activation(x, 'relu'), 'first.depthwise', { ...depthwise, stride: layer.stride });
      // The ReLU of the second half is the first half's activation: the same function, and one pass less over memory.
      const middle = b.convBn(first, 'first.pointwise', { out: layer.in, kernel: 1 }, { activation: 'relu' });
      const second = b.conv(middle, 'second.depthwise', depthwise);
      return b.convBn(second, 'second.pointwise', { out: layer.out, kernel: 1 });
    },
  };
}

/** `sepconv_3x3` and `sepconv_5x5`. */
export const separableOperations: readonly Operation[] = [separableConvolution(3), separableConvolution(5)];
