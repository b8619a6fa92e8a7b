// The data worker thread: makes batches ahead of the training loop, as many as there are free slots for. Bundled as dist/data-worker.js.
import { workerData } from 'node:worker_threads';
import { UserError } from '../lib/errors.ts';
import {
  batchArrays,
  type ConsumerMessage,
  createBatchMaker,
  type WorkerMessage,
  type WorkerStart,
} from './batches.ts';

await serve(workerData as WorkerStart);

async function serve({ spec, native, startStep, slots, port }: WorkerStart): Promise<void> {
  let free = slots.length;
  let open = true;
  let resume = (): void => {};
  port.on('message', (message: ConsumerMessage) => {
    if (message === 'taken') free++;
    else open = false;
    resume();
  });
  const send = (message: WorkerMessage): void => port.postMessage(message);
  try {
    const make = createBatchMaker(spec, native);
    const arrays = slots.map((memory) => batchArrays(spec, memory));
    for (let made = 0; open; made++) {
      while (open && free === 0) {
        await new Promise<void>((resolve) => {
          resume = resolve;
        });
      }
      if (!open) break;
      const ids = await make(startStep + made, arrays[made % arrays.length]!);
      free--;
      send({ kind: 'batch', ids });
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    send({ kind: 'userError', message: error.message });
  } finally {
    port.close();
  }
}
