// ONNX Runtime's own profile of a run: the time that every node took, and the shapes of its inputs and outputs.
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { z } from 'zod';
import { inTemporaryFolder } from '../lib/files.ts';
import { type SessionSettings, sessionOptions } from './session.ts';

/** One execution of a node. */
export interface ProfiledNode {
  readonly name: string;
  readonly operator: string;
  readonly ms: number;
  readonly inputs: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
}

const shapes = z.array(z.record(z.string(), z.array(z.number())));
const event = z.object({
  cat: z.string(),
  name: z.string(),
  dur: z.number(),
  args: z.object({ op_name: z.string(), input_type_shape: shapes, output_type_shape: shapes }).partial(),
});

/**
 * Makes a session that notes every node, calls `use` with it, and returns the notes in order.
 * @throws Error of ONNX Runtime when the model cannot be loaded or run
 */
export function profileRuns(
  model: Uint8Array,
  settings: SessionSettings,
  use: (session: InferenceSession) => Promise<void>,
): Promise<ProfiledNode[]> {
  return inTemporaryFolder(join(tmpdir(), 'proxyless-ci-'), async (folder) => {
    const session = await InferenceSession.create(model, {
      ...sessionOptions(settings),
      enableProfiling: true,
      profileFilePrefix: join(folder, 'profile'),
    });
    try {
      await use(session);
      session.endProfiling();
    } finally {
      await session.release();
    }
    const [file] = await readdir(folder);
    const events = z.array(event).parse(JSON.parse(await readFile(join(folder, file!), 'utf8')));
    const suffix = '_kernel_time';
    return events
      .filter(({ cat, name, args }) => cat === 'Node' && name.endsWith(suffix) && args.op_name)
      .map(({ name, dur, args }) => ({
        name: name.slice(0, -suffix.length),
        operator: args.op_name!,
        ms: dur / 1000,
        inputs: dimsOf(args.input_type_shape),
        outputs: dimsOf(args.output_type_shape),
      }));
  });
}

const dimsOf = (list: z.infer<typeof shapes> = []): number[][] => list.map((one) => Object.values(one)[0] ?? []);
