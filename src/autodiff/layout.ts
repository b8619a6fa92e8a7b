// Between plain [N, C, H, W] and the storage layout of training graphs, in JavaScript: for the ends of a network and for tests.
import type { ChannelBlock } from '../graph/channel-block.ts';

/** Plain [N, C, S] to storage [N, Cp/B, S, B]; S is height * width. */
export function toStorage(
  plain: Float32Array,
  block: ChannelBlock,
  n: number,
  channels: number,
  size: number,
): Float32Array {
  const padded = Math.ceil(channels / block) * block;
  const result = new Float32Array(n * padded * size);
  eachChannel(block, n, channels, size, (at, stride, from) => {
    for (let s = 0; s < size; s++) result[at + s * stride] = plain[from + s]!;
  });
  return result;
}

/** Storage [N, Cp/B, S, B] to plain [N, C, S]. */
export function toPlain(
  stored: Float32Array,
  block: ChannelBlock,
  n: number,
  channels: number,
  size: number,
): Float32Array {
  const result = new Float32Array(n * channels * size);
  eachChannel(block, n, channels, size, (at, stride, from) => {
    for (let s = 0; s < size; s++) result[from + s] = stored[at + s * stride]!;
  });
  return result;
}

function eachChannel(
  block: ChannelBlock,
  n: number,
  channels: number,
  size: number,
  visit: (at: number, stride: number, from: number) => void,
): void {
  const padded = Math.ceil(channels / block) * block;
  for (let image = 0; image < n; image++)
    for (let c = 0; c < channels; c++)
      visit(
        (image * padded + Math.floor(c / block) * block) * size + (c % block),
        block,
        (image * channels + c) * size,
      );
}
