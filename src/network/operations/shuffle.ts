// ShuffleNetV2's unit (Ma et al., ECCV 2018, figure 3 c and d).
import type { Feature, NetworkBuilder, Operation } from '../types.ts';

/** Pointwise, depthwise, pointwise: the branch that does the work. */
function mainBranch<F extends Feature>(b: NetworkBuilder<F>, x: F, width: number, stride: 1 | 2): F {
  const reduced = b.convBn(x, 'main.reduce', { out: width, kernel: 1 }, { activation: 'relu' });
  const filtered = b.convBn(reduced, 'main.depthwise', { out: width, kernel: 3, stride, depthwise: true });
  return b.convBn(filtered, 'main.project', { out: width, kernel: 1 }, { activation: 'relu' });
}

/** `shuffle`: half the channels pass untouched where the shape is kept; otherwise both branches see all of them. */
export const shuffleOperation: Operation = {
  name: 'shuffle',
  ownShortcut: true,
  check: (layer) =>
    layer.out % 2 === 0
      ? undefined
      : `needs an even output width (each of its two branches makes half), not ${layer.out}`,
  build(b, x, layer) {
    const half = layer.out / 2;
    if (layer.stride === 1 && layer.in === layer.out) {
      const worked = mainBranch(b, b.channels(x, half, layer.in), half, 1);
      return b.shuffle(b.concat([b.channels(x, 0, half), worked]), 2);
    }
    const side = b.convBn(x, 'side.depthwise', { out: layer.in, kernel: 3, stride: layer.stride, depthwise: true });
    const projected = b.convBn(side, 'side.project', { out: half, kernel: 1 }, { activation: 'relu' });
    return b.shuffle(b.concat([projected, mainBranch(b, x, half, layer.stride)]), 2);
  },
};
