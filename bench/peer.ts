// PyTorch as a process that is asked for times line by line.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Precision } from '../src/lib/precision.ts';

export interface Peer {
  readonly version: string;
  ask(question: object): Promise<Record<string, unknown>>;
  /** Times in milliseconds. */
  times(question: object): Promise<number[]>;
  close(): void;
}

/** A Python (`PYTHON`, default python3) with torch, which multiplies in this precision, or undefined where there is none. */
export async function openPeer(precision: Precision): Promise<Peer | undefined> {
  let child: ChildProcessWithoutNullStreams;
  try {
    child = spawn(process.env.PYTHON ?? 'python3', ['bench/pytorch-peer.py'], { stdio: 'pipe' });
  } catch {
    return undefined;
  }
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = new Promise<undefined>((resolve) => {
    child.on('error', () => resolve(undefined));
    child.on('exit', () => resolve(undefined));
  });
  const next = async (): Promise<Record<string, unknown> | undefined> => {
    const line = await Promise.race([lines.next(), gone]);
    return line?.value === undefined ? undefined : JSON.parse(line.value as string);
  };
  const hello = await next();
  if (!hello) return undefined;
  const ask = async (question: object): Promise<Record<string, unknown>> => {
    child.stdin.write(`${JSON.stringify({ precision, ...question })}\n`);
    const answer = await next();
    if (!answer) throw new Error(`PyTorch stopped: ${complaint}`);
    return answer;
  };
  return {
    version: String(hello.torch),
    ask,
    times: async (question) => (await ask(question)).times as number[],
    close: () => child.stdin.end(),
  };
}
