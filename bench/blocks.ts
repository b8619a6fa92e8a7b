// The five inverted-bottleneck blocks of the training bench, as modules of the project's own operations.
import { layerModule } from '../src/network/modules.ts';
import type { NetworkModule } from '../src/network/types.ts';

/** [channels, side, kernel]; expansion 4, hard-swish, no squeeze-excite, residual. */
export const blocks = [
  [32, 56, 3],
  [32, 56, 5],
  [48, 28, 3],
  [48, 28, 5],
  [112, 14, 5],
] as const;

export function blockModule([channels, side, kernel]: (typeof blocks)[number], index: number): NetworkModule {
  const operation = `mbv3_${kernel}x${kernel}`;
  const layer = {
    operation,
    in: channels,
    out: channels,
    stride: 1 as const,
    expanded: channels * 4,
    activation: 'hswish' as const,
    squeezeExcite: false,
  };
  return layerModule(layer, index, { channels, height: side, width: side });
}
