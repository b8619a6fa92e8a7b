// Xception39's unit and the pooling before it (Yu et al., ECCV 2018, after Chollet, CVPR 2017): BiSeNet's backbone.
import type { Feature, NetworkBuilder, Operation } from '../types.ts';

/** Depthwise 3x3 and pointwise, each with batch norm. */
function separable<F extends Feature>(
  b: NetworkBuilder<F>,
  x: F,
  name: string,
  { out, stride = 1 }: { readonly out: number; readonly stride?: 1 | 2 },
  end: { readonly activation?: 'relu'; readonly residual?: F } = {},
): F {
  const filtered = b.convBn(x, `${name}.depthwise`, { out: x.channels, kernel: 3, stride, depthwise: true });
  return b.convBn(filtered, `${name}.pointwise`, { out, kernel: 1 }, end);
}

/** `xception`: three separable convolutions, the first two `expanded` wide, and a shortcut, which is a separable convolution where the shape changes. */
export const xceptionOperation: Operation = {
  name: 'xception',
  ownShortcut: true,
  check: (layer) =>
    layer.expanded < 8 ? `needs an expanded width of at least 8 channels, not ${layer.expanded}` : undefined,
  build(b, x, { in: inputs, out, stride, expanded }) {
    const shortcut = stride === 1 && inputs === out ? x : separable(b, x, 'shortcut', { out, stride });
    const first = separable(b, x, 'first', { out: expanded, stride }, { activation: 'relu' });
    const second = separable(b, first, 'second', { out: expanded }, { activation: 'relu' });
    return separable(b, second, 'third', { out }, { activation: 'relu', residual: shortcut });
  },
};

/** `maxpool_3x3`: halves the sides. It has no parameters. */
export const maxPoolOperation: Operation = {
  name: 'maxpool_3x3',
  check: (layer) =>
    layer.stride === 2 && layer.in === layer.out
      ? undefined
      : `needs stride 2 and equal widths, not stride ${layer.stride} from ${layer.in} to ${layer.out}`,
  build: (b, x) => b.maxPool(x),
};
