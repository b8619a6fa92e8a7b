// Checkpoints in the safetensors format (8-byte header length, JSON header, raw float32). The header holds a SHA-256 over everything else:
// a damaged file is recognized before any of it is used.
import { createHash } from 'node:crypto';
import { UserError } from '../lib/errors.ts';
import { readOptional, writeFileAtomic } from '../lib/files.ts';

/** Named float32 tensors and a JSON text of everything that is not a tensor (step, times, losses, state of the path sampler). */
export interface Checkpoint {
  readonly tensors: ReadonlyMap<string, Float32Array>;
  readonly meta: string;
}

interface Entry {
  readonly dtype: 'F32';
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const digest = (meta: string, entries: string, data: Uint8Array): string =>
  createHash('sha256').update(meta).update('\0').update(entries).update('\0').update(data).digest('hex');

/** Writes a checkpoint atomically. */
export async function writeCheckpoint(path: string, { tensors, meta }: Checkpoint): Promise<void> {
  const entries: Record<string, Entry> = {};
  let offset = 0;
  for (const [name, data] of tensors) {
    entries[name] = { dtype: 'F32', shape: [data.length], data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const body = Buffer.alloc(offset);
  for (const [name, data] of tensors)
    body.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), entries[name]!.data_offsets[0]);
  const sha256 = digest(meta, JSON.stringify(entries), body);
  const header = Buffer.from(
    JSON.stringify({ __metadata__: { format: 'proxyless-ci/checkpoint@1', meta, sha256 }, ...entries }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  await writeFileAtomic(path, Buffer.concat([length, header, body]));
}

/**
 * Reads a checkpoint, or undefined when there is none.
 * @throws UserError when the file is damaged or is not a checkpoint of this format
 */
export async function readCheckpoint(path: string): Promise<Checkpoint | undefined> {
  const file = await readOptional(path);
  if (!file) return undefined;
  const damaged = (why: string): UserError =>
    new UserError(
      `${path}: not a checkpoint, or a damaged one (${why}); delete it from the run folder, and the run trains that stage again from its start`,
    );
  if (file.length < 8) throw damaged('too short');
  const headerLength = Number(file.readBigUInt64LE(0));
  if (headerLength > file.length - 8) throw damaged('truncated header');
  let header: Record<string, Entry> & { __metadata__?: { format?: string; meta?: string; sha256?: string } };
  try {
    header = JSON.parse(file.toString('utf8', 8, 8 + headerLength));
  } catch {
    throw damaged('unreadable header');
  }
  const { __metadata__: metadata, ...entries } = header;
  if (metadata?.format !== 'proxyless-ci/checkpoint@1' || typeof metadata.meta !== 'string')
    throw damaged('unknown format');
  const body = file.subarray(8 + headerLength);
  if (digest(metadata.meta, JSON.stringify(entries), body) !== metadata.sha256) throw damaged('checksum differs');
  const tensors = new Map<string, Float32Array>();
  for (const [name, entry] of Object.entries(entries)) {
    const [from, to] = entry.data_offsets;
    // Copied: the file's buffer is not aligned to floats.
    tensors.set(name, new Float32Array(Uint8Array.from(body.subarray(from, to)).buffer));
  }
  return { tensors, meta: metadata.meta };
}
