// Which blocked layout training uses on this CPU: that of ONNX Runtime's own operators, found by asking it, since the runtime decides.
import type { ChannelBlock } from '../graph/channel-block.ts';
import { createGraph } from '../graph/onnx.ts';
import { domains } from '../graph/values.ts';
import { UserError } from '../lib/errors.ts';
import { askedKernels, kernelsVariable, loadKernels } from './kernels-library.ts';
import { createSession } from './session.ts';
import { tensor } from './tensors.ts';

/**
 * The block of ONNX Runtime's layout, if this project's kernels have it too on this CPU, otherwise 1: plain.
 * @throws UserError where PROXYLESS_CI_KERNELS asks for another block than the runtime has
 */
export async function detectBlock(): Promise<ChannelBlock> {
  const asked = askedKernels(process.env);
  const largest = loadKernels()?.blocks() ?? 1;
  if (largest === 1) return 1;
  const block = await detectRuntimeBlock();
  if (typeof asked === 'number' && asked !== block)
    throw new UserError(`${kernelsVariable} is ${asked}, but ONNX Runtime has blocks of ${block} on this CPU`);
  return block <= largest ? block : 1;
}

/** Runs a small ReorderInput: channel c, position p holds 2c + p, so the first 1 tells how many channels lie together. 1: no blocks. */
async function detectRuntimeBlock(): Promise<ChannelBlock> {
  const graph = createGraph('detect-block');
  const x = graph.input('x', [1, 16, 1, 2]);
  graph.output(graph.node('ReorderInput', [x], {}, domains.blocked));
  const values = Float32Array.from({ length: 32 }, (_, i) => i);
  try {
    const session = await createSession(graph.encode(), { threads: 1 });
    const result = await session.run({ x: tensor(values, [1, 16, 1, 2]) });
    await session.release();
    const data = Object.values(result)[0]!.data as Float32Array;
    const block = data.indexOf(1);
    return block === 8 || block === 16 ? block : 1;
  } catch {
    // The runtime has no blocked kernels for this CPU, so training uses standard operators.
    return 1;
  }
}
