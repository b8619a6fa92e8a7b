// Every gradient rule alone, and a small network of all of them: what both oracles are asked about.
import { operations } from '../../../src/network/operations/index.ts';
import type { Feature, InputFeature, NetworkBuilder } from '../../../src/network/types.ts';

/** What a case builds from its inputs. */
export type Build = <F extends Feature>(b: NetworkBuilder<F>, xs: readonly F[]) => F[];

export type Case = [name: string, inputs: InputFeature[], build: Build];
const f = (channels: number, height: number, width = height): Feature => ({ channels, height, width });

const image = (side: number): InputFeature => ({ ...f(3, side), image: true });

/** name, inputs, what is built. Widths of 16 fill the blocks, 24 and 10 do not. */
export const cases: Case[] = [
  ['pointwise convolution and batch norm', [f(16, 6)], (b, [x]) => [b.convBn(x!, 'c', { out: 32, kernel: 1 })]],
  [
    'pointwise with ReLU, widths off the block',
    [f(24, 6)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 40, kernel: 1 }, { activation: 'relu' })],
  ],
  [
    'pointwise with hard-swish',
    [f(24, 6, 4)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 1 }, { activation: 'hswish' })],
  ],
  [
    'pointwise with a residual before the activation',
    [f(24, 6)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 1 }, { activation: 'hswish', residual: x! })],
  ],
  ['depthwise 3x3', [f(16, 8)], (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 3, depthwise: true })]],
  [
    'depthwise 5x5, stride 2, hard-swish',
    [f(24, 8)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 5, stride: 2, depthwise: true }, { activation: 'hswish' })],
  ],
  [
    'depthwise 3x3, stride 2, odd side',
    [f(16, 7)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 3, stride: 2, depthwise: true })],
  ],
  [
    'depthwise 5x5, stride 2, one odd side',
    [f(24, 9, 12)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 5, stride: 2, depthwise: true }, { activation: 'relu' })],
  ],
  [
    'depthwise 3x3, dilation 2, stride 2, one odd side',
    [f(16, 10, 11)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 3, dilation: 2, stride: 2, depthwise: true })],
  ],
  [
    'depthwise 5x5, dilation 2',
    [f(24, 9)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 5, dilation: 2, depthwise: true })],
  ],
  [
    'depthwise 7x7, hard-swish',
    [f(24, 11, 9)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 7, depthwise: true }, { activation: 'hswish' })],
  ],
  [
    'depthwise 7x7, stride 2, one odd side',
    [f(16, 12, 13)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 7, stride: 2, depthwise: true })],
  ],
  [
    'depthwise 7x7, dilation 2',
    [f(16, 14)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 7, dilation: 2, depthwise: true })],
  ],
  [
    'depthwise 3x3, dilation 2, stride 2',
    [f(16, 8)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 3, dilation: 2, stride: 2, depthwise: true })],
  ],
  [
    'dense 3x3, stride 2, on an image',
    [image(12)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 3, stride: 2 }, { activation: 'hswish' })],
  ],
  ['dense 3x3', [f(16, 6)], (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 3 })]],
  [
    'dense 3x3, stride 2, dilation 2',
    [f(24, 8)],
    (b, [x]) => [b.convBn(x!, 'c', { out: 16, kernel: 3, stride: 2, dilation: 2 })],
  ],
  ['dense 1x1, stride 2', [f(16, 6)], (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 1, stride: 2 })]],
  ['convolution with bias', [f(24, 6)], (b, [x]) => [b.conv(x!, 'c', { out: 10, kernel: 1, bias: true })]],
  [
    'depthwise with bias, of an activation',
    [f(24, 6)],
    (b, [x]) => [b.conv(b.activation(x!, 'relu'), 'c', { out: 24, kernel: 3, depthwise: true, bias: true })],
  ],
  [
    'a norm that two convolutions read',
    [f(16, 7)],
    (b, [x]) => {
      const y = b.convBn(x!, 'a', { out: 24, kernel: 1 }, { activation: 'hswish' });
      const filtered = b.convBn(y, 'b', { out: 24, kernel: 3, depthwise: true });
      return [b.add(filtered, b.convBn(y, 'c', { out: 24, kernel: 1 }, { activation: 'relu' }))];
    },
  ],
  [
    'a norm that a convolution and a residual read',
    [f(16, 7)],
    (b, [x]) => {
      const y = b.convBn(x!, 'a', { out: 24, kernel: 1 }, { activation: 'relu' });
      return [b.convBn(y, 'b', { out: 24, kernel: 5, depthwise: true }, { activation: 'hswish', residual: y })];
    },
  ],
  ['two outputs that are equal', [f(16, 4)], (b, [x]) => [b.add(x!, x!), b.add(x!, x!)]],
  [
    'ReLU, hard-swish and hard-sigmoid alone',
    [f(24, 6)],
    (b, [x]) => [b.activation(b.activation(b.activation(x!, 'hswish'), 'hsigmoid'), 'relu')],
  ],
  [
    'ReLU6 alone, over both of its bends',
    [f(24, 6)],
    (b, [x]) => {
      const four = (y: typeof x) => b.add(b.add(y!, y!), b.add(y!, y!));
      return [b.activation(four(x), 'relu6')];
    },
  ],
  [
    'ReLU6 after norms and a residual',
    [f(24, 6)],
    (b, [x]) => {
      const wide = b.convBn(x!, 'a', { out: 40, kernel: 1 }, { activation: 'relu6' });
      const filtered = b.convBn(wide, 'd', { out: 40, kernel: 3, depthwise: true }, { activation: 'relu6' });
      return [b.convBn(filtered, 'p', { out: 24, kernel: 1 }, { activation: 'relu6', residual: x! })];
    },
  ],
  ['squeeze-excite', [f(24, 6)], (b, [x]) => [b.squeezeExcite(x!, 'se', 8)]],
  ['squeeze-excite, aligned', [f(32, 6)], (b, [x]) => [b.squeezeExcite(x!, 'se', 16)]],
  ['global pooling, resized back and added', [f(24, 6, 4)], (b, [x]) => [b.add(b.resize(b.globalPool(x!), 6, 4), x!)]],
  [
    'channels scaled by a sigmoid of their means',
    [f(24, 6)],
    (b, [x]) => [b.scale(x!, b.activation(b.convBn(b.globalPool(x!), 'c', { out: 24, kernel: 1 }), 'sigmoid'))],
  ],
  ['max pooling', [f(24, 8, 6)], (b, [x]) => [b.maxPool(x!)]],
  ['max pooling, odd sides', [f(16, 7, 5)], (b, [x]) => [b.maxPool(x!), b.maxPool(b.maxPool(x!))]],
  ['dense 7x7, stride 2, on an image', [image(14)], (b, [x]) => [b.convBn(x!, 'c', { out: 24, kernel: 7, stride: 2 })]],
  ['bilinear enlargement', [f(16, 5, 3)], (b, [x]) => [b.resize(x!, 10, 6)]],
  ['bilinear reduction', [f(24, 8)], (b, [x]) => [b.resize(x!, 4, 5)]],
  ['bilinear enlargement by no whole number', [f(16, 5, 8)], (b, [x]) => [b.resize(x!, 9, 16)]],
  [
    'concat of aligned and of odd widths',
    [f(16, 4), f(24, 4)],
    (b, [x, y]) => [b.concat([x!, x!]), b.concat([x!, y!, y!])],
  ],
  [
    'split and shuffle',
    [f(24, 4)],
    (b, [x]) => [b.shuffle(b.concat([b.channels(x!, 12, 24), b.channels(x!, 0, 12)]), 2)],
  ],
  ['an identity', [f(16, 4)], (b, [x]) => [b.add(x!, x!), x!]],
];

/** An inverted bottleneck with squeeze-excite, a shuffle unit and a decoder step: every rule together. */
const network = (name: string, side: number): Case => [
  name,
  [image(side)],
  (b, [x]) => {
    const head = b.convBn(x!, 'head', { out: 16, kernel: 3, stride: 2 }, { activation: 'hswish' });
    const wide = b.convBn(head, 'expand', { out: 40, kernel: 1 }, { activation: 'hswish' });
    const deep = b.convBn(wide, 'depthwise', { out: 40, kernel: 5, depthwise: true }, { activation: 'hswish' });
    const block = b.convBn(b.squeezeExcite(deep, 'se', 16), 'project', { out: 16, kernel: 1 }, { residual: head });
    const down = b.convBn(b.activation(block, 'relu'), 'down', { out: 16, kernel: 3, stride: 2, depthwise: true });
    const mixed = b.shuffle(
      b.concat([
        b.channels(down, 0, 8),
        b.convBn(b.channels(down, 8, 16), 'half', { out: 8, kernel: 1 }, { activation: 'relu' }),
      ]),
      2,
    );
    const up = b.resize(b.convBn(mixed, 'top', { out: 24, kernel: 3, dilation: 2, stride: 1 }), side / 2, side / 2);
    const sum = b.convBn(head, 'lateral', { out: 24, kernel: 1 }, { residual: up });
    return [b.conv(sum, 'classifier', { out: 1, kernel: 1, bias: true })];
  },
];

export const small = network('a small network', 16);
/** Maps that are placed in planned memory, and written over in place. */
export const planned: readonly Case[] = [
  network('a network whose maps are planned', 64),
  [
    'split and shuffle whose maps are planned',
    [f(24, 32)],
    (b, [x]) => [b.shuffle(b.concat([b.channels(x!, 12, 24), b.channels(x!, 0, 12), b.channels(x!, 6, 14)]), 4)],
  ],
  ['max pooling whose maps are planned', [f(24, 33, 64)], (b, [x]) => [b.maxPool(b.activation(x!, 'hswish'))]],
  [
    'separable convolution whose maps are planned',
    [f(24, 32)],
    (b, [x]) => {
      const filtered = b.convBn(x!, 'd', { out: 24, kernel: 3, depthwise: true }, { activation: 'relu' });
      return [b.convBn(filtered, 'p', { out: 24, kernel: 1 }, { activation: 'relu' })];
    },
  ],
];

/** Every operation of the registry: what builds a new primitive is checked without a case of its own. */
export const registered: readonly Case[] = [...operations.values()].map((operation) => {
  const stride = operation.keepsShape ? (1 as const) : (2 as const);
  const out = operation.keepsShape ? 16 : 24;
  const layer = {
    ...{ operation: operation.name, in: 16, out, stride, expanded: 16 * (operation.expansion ?? 2) },
    ...{ activation: 'hswish' as const, squeezeExcite: true, residual: false },
  };
  return [`operation ${operation.name}`, [f(16, 6)], (b, [x]) => [operation.build(b, x!, layer)]];
});
