// BiSeNet's tail (Yu et al., ECCV 2018, figure 2): a shallow spatial path over the image keeps detail, attention refines the backbone's
// features, and a fusion module joins the two. What the paper leaves open (kernels, widths, where features are enlarged) is as in the
// authors' implementation. Without its auxiliary losses: every network here is trained by one recipe.
import type { BiSeNetMacro } from '../contracts/architecture.ts';
import type { Feature, NetworkBuilder } from './types.ts';

/**
 * Logits at s8, [N, 1, H / 8, W / 8].
 * @param image the network's input
 * @param s16 the backbone's last features at s16, as at s32
 */
export function biSeNetTail<F extends Feature>(
  b: NetworkBuilder<F>,
  { spatial, context, fusion, classifier }: BiSeNetMacro['bisenet'],
  { image, s16, s32 }: { readonly image: F; readonly s16: F; readonly s32: F },
): F {
  const relu = { activation: 'relu' } as const;
  const first = b.convBn(image, 'spatial.0', { out: spatial, kernel: 7, stride: 2 }, relu);
  const second = b.convBn(first, 'spatial.1', { out: spatial, kernel: 3, stride: 2 }, relu);
  const third = b.convBn(second, 'spatial.2', { out: spatial, kernel: 3, stride: 2 }, relu);
  const detail = b.convBn(third, 'spatial.project', { out: context, kernel: 1 }, relu);

  let y = b.convBn(b.globalPool(s32), 'context.pooled', { out: context, kernel: 1 }, relu);
  for (const [x, name, larger] of [
    [s32, 's32', s16],
    [s16, 's16', detail],
  ] as const) {
    const refined = attentionRefinement(b, x, `context.${name}`, context);
    const sum = b.add(refined, b.resize(y, x.height, x.width));
    const up = b.resize(sum, larger.height, larger.width);
    y = b.convBn(up, `context.${name}.refine`, { out: context, kernel: 3 }, relu);
  }

  const joined = b.convBn(b.concat([detail, y]), 'fusion.join', { out: fusion, kernel: 1 }, relu);
  const squeezed = b.activation(b.conv(b.globalPool(joined), 'fusion.reduce', { out: fusion, kernel: 1 }), 'relu');
  const factors = b.activation(b.conv(squeezed, 'fusion.expand', { out: fusion, kernel: 1 }), 'sigmoid');
  const fused = b.add(joined, b.scale(joined, factors));
  const last = b.convBn(fused, 'last', { out: classifier, kernel: 3 }, relu);
  return b.conv(last, 'classifier', { out: 1, kernel: 1, bias: true });
}

/** Attention refinement module: features scaled by the sigmoid of their own means, through one convolution with batch norm. */
function attentionRefinement<F extends Feature>(b: NetworkBuilder<F>, x: F, name: string, out: number): F {
  const features = b.convBn(x, `${name}.conv`, { out, kernel: 3 }, { activation: 'relu' });
  const means = b.convBn(b.globalPool(features), `${name}.attention`, { out, kernel: 1 });
  return b.scale(features, b.activation(means, 'sigmoid'));
}
