// DARTS's dilated separable convolution (Liu et al., ICLR 2019): ReLU, depthwise with dilation 2, pointwise, BN.
import type { Operation } from '../types.ts';

function dilatedConvolution(kernel: 3 | 5): Operation {
  return {
    name: `dilconv_${kernel}x${kernel}`,
    check: () => undefined,
    build(b, x, layer) {
      const geometry = { out: layer.in, kernel, stride: layer.stride, dilation: 2, depthwise: true };
      const filtered = b.conv(b.activation(x, 'relu'), 'depthwise', geometry);
      return b.convBn(filtered, 'pointwise', { out: layer.out, kernel: 1 });
    },
  };
}

/** `dilconv_3x3` and `dilconv_5x5`. */
export const dilatedOperations: readonly Operation[] = [dilatedConvolution(3), dilatedConvolution(5)];
