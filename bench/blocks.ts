// The modules that the training bench times, made of the project's own operations.
import type { Layer } from '../src/contracts/architecture.ts';
import { layerModule, spaceModules } from '../src/network/modules.ts';
import { loadSpace } from '../src/network/space.ts';
import type { NetworkModule } from '../src/network/types.ts';

/** A module under a name for the table. */
export interface BenchBlock {
  readonly name: string;
  readonly module: NetworkModule;
}

const module = (index: number, side: number, layer: Partial<Layer> & Pick<Layer, 'operation' | 'in'>): NetworkModule =>
  layerModule(
    { out: layer.in, stride: 1, expanded: layer.in * 4, activation: 'hswish', squeezeExcite: false, ...layer },
    index,
    { channels: layer.in, height: side, width: side },
  );

/** [channels, side, kernel]; expansion 4, hard-swish, no squeeze-excite, residual. */
const shapes = [
  [32, 56, 3],
  [32, 56, 5],
  [48, 28, 3],
  [48, 28, 5],
  [112, 14, 5],
] as const;

/** The five inverted bottlenecks of the speed target. */
export const bottlenecks: readonly BenchBlock[] = shapes.map(([channels, side, kernel], i) => ({
  name: `mbv3 ${channels}, ${side}, ${kernel}`,
  module: module(i, side, { operation: `mbv3_${kernel}x${kernel}`, in: channels }),
}));

/** The space's other operations at the same shapes. */
const others: readonly BenchBlock[] = shapes.flatMap(([channels, side, kernel], i) =>
  ['dilconv', 'sepconv', 'shuffle'].flatMap((kind) => {
    if (kind === 'shuffle' && kernel === 5 && side !== 14) return [];
    const operation = kind === 'shuffle' ? kind : `${kind}_${kernel}x${kernel}`;
    const name = `${kind} ${channels}, ${side}${kind === 'shuffle' ? '' : `, ${kernel}`}`;
    return [{ name, module: module(10 + i, side, { operation, in: channels }) }];
  }),
);

/** MobileNetV3-Large's own blocks: [width in, expanded, out, side, kernel, stride, squeeze-excite] (Howard et al., ICCV 2019, table 1). */
const large: readonly BenchBlock[] = (
  [
    [24, 72, 24, 56, 3, 1, false],
    [24, 72, 40, 56, 5, 2, true],
    [40, 120, 40, 28, 5, 1, true],
    [40, 240, 80, 28, 3, 2, false],
    [80, 184, 80, 14, 3, 1, false],
    [112, 672, 112, 14, 3, 1, true],
  ] as const
).map(([input, expanded, out, side, kernel, stride, squeezeExcite], i) => ({
  name: `large ${input}-${expanded}-${out}, ${side}, ${kernel}${stride === 2 ? ' s2' : ''}${squeezeExcite ? ' se' : ''}`,
  module: module(30 + i, side, {
    operation: `mbv3_${kernel}x${kernel}`,
    in: input,
    out,
    expanded,
    stride,
    squeezeExcite,
  }),
}));

/** Kernels of 7 x 7, which spaces for larger budgets have. */
const wide: readonly BenchBlock[] = (
  [
    [48, 28],
    [112, 14],
  ] as const
).map(([channels, side], i) => ({
  name: `mbv3 ${channels}, ${side}, 7`,
  module: module(40 + i, side, { operation: 'mbv3_7x7', in: channels }),
}));

const { head, tail } = spaceModules(await loadSpace('person'), { height: 224, width: 224 });
/** What every path of the supernet begins and ends with. */
const ends: readonly BenchBlock[] = [
  { name: 'head, 224', module: head },
  { name: 'tail, 224', module: tail },
];

export const otherBlocks: readonly BenchBlock[] = [...others, ...large, ...wide, ...ends];
