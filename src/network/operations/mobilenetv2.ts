// MobileNetV2 blocks (Sandler et al., CVPR 2018) with the expansion in the name, as ProxylessNAS (Cai et al., ICLR 2019) searches
// them. The activation is the layer's; the papers' is ReLU6.
import type { Operation } from '../types.ts';

function mobileNetV2(kernel: 3 | 5 | 7, expansion: 1 | 3 | 6): Operation {
  const name = `mbv2_${kernel}x${kernel}_e${expansion}`;
  return {
    name,
    ownShortcut: true,
    expansion,
    check: (layer) =>
      layer.expanded === expansion * layer.in
        ? undefined
        : `has an expanded width of ${expansion} x in = ${expansion * layer.in}, not ${layer.expanded}`,
    build(b, x, layer) {
      const { activation, expanded } = layer;
      const wide = expansion === 1 ? x : b.convBn(x, 'expand', { out: expanded, kernel: 1 }, { activation });
      const filtered = b.convBn(
        wide,
        'depthwise',
        { out: expanded, kernel, stride: layer.stride, depthwise: true },
        { activation },
      );
      const keeps = layer.stride === 1 && layer.in === layer.out;
      return b.convBn(filtered, 'project', { out: layer.out, kernel: 1 }, keeps ? { residual: x } : {});
    },
  };
}

/** `mbv2_3x3_e1` (ProxylessNAS's first block) and `mbv2_{3x3,5x5,7x7}_e{3,6}`. */
export const mobileNetV2Operations: readonly Operation[] = [
  mobileNetV2(3, 1),
  ...([3, 5, 7] as const).flatMap((kernel) => ([3, 6] as const).map((expansion) => mobileNetV2(kernel, expansion))),
];
