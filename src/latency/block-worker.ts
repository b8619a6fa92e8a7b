// The process in which a few blocks are measured, for `sampleBlocks`. Bundled as dist/block-worker.js.
import { UserError } from '../lib/errors.ts';
import { createRandom } from '../lib/random.ts';
import { pinMainThread } from '../runtime/pinning.ts';
import { prepareBlocks } from './block.ts';
import type { BlockJob, BlockMessage } from './blocks.ts';

// Ctrl-C in a terminal reaches the whole group of processes: this one ends when its parent does, or closes the channel.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit());
process.once('message', (job: BlockJob) => serve(job));

async function serve({ models, sessions, settings, plan, seed }: BlockJob): Promise<void> {
  const send = (message: BlockMessage): void => {
    process.send!(message);
  };
  try {
    const pinned = await pinMainThread(plan);
    const all = sessions.map((model) => models[model]!);
    const measure = await prepareBlocks(all, settings, pinned.plan, createRandom(seed));
    const reply = async (): Promise<void> => send({ kind: 'block', block: await measure(), plan: pinned.plan });
    process.on('message', () => {
      reply().catch(fail);
    });
    await reply();
  } catch (error) {
    fail(error);
  }

  function fail(error: unknown): void {
    if (error instanceof UserError) send({ kind: 'userError', message: error.message });
    else send({ kind: 'error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
