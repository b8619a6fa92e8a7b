// The identity: a layer that a search may leave out.
import type { Operation } from '../types.ts';

/** `skip`: passes its input on. It has no parameters and runs nothing. */
export const skipOperation: Operation = {
  name: 'skip',
  ownShortcut: true,
  keepsShape: true,
  check: (layer) =>
    layer.stride === 1 && layer.in === layer.out
      ? undefined
      : `needs stride 1 and equal widths, not stride ${layer.stride} from ${layer.in} to ${layer.out}`,
  build: (_, x) => x,
};
