// The data worker thread: makes batches ahead of the training loop, as many as it has credit for. Bundled as dist/data-worker.js.
import { workerData } from 'node:worker_threads';
import { UserError } from '../base/errors.ts';
import { type ConsumerMessage, createBatchMaker, type WorkerMessage, type WorkerStart } from './batches.ts';

await serve(workerData as WorkerStart);

async function serve({ spec, startStep, ahead, port }: WorkerStart): Promise<void> {
  let credit = ahead;
  let open = true;
  let resume = (): void => {};
  port.on('message', (message: ConsumerMessage) => {
    if (message === 'taken') credit++;
    else open = false;
    resume();
  });
  const send = (message: WorkerMessage, buffers: ArrayBuffer[]): void => port.postMessage(message, buffers);
  try {
    const make = await createBatchMaker(spec);
    for (let step = startStep; open; step++) {
      const batch = await make(step);
      while (open && credit === 0) {
        await new Promise<void>((resolve) => {
          resume = resolve;
        });
      }
      credit--;
      const { images, targets, weights } = batch;
      send(
        { kind: 'batch', batch },
        [images, targets, weights].map((array) => array.buffer as ArrayBuffer),
      );
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    send({ kind: 'userError', message: error.message }, []);
  } finally {
    port.close();
  }
}
