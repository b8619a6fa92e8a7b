// Fetching a file over HTTP: by the runner's proxies, tried again where that may help, never larger than it may be.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpClient } from '@actions/http-client';

export interface DownloadOptions {
  /** The largest file that is taken. */
  readonly maxBytes: number;
  /** Milliseconds before the second attempt; twice that before the next. Default 2000. */
  readonly retryMs?: number | undefined;
}

const attempts = 3;
const socketTimeoutMs = 60_000;

/** A failure that another attempt does not mend. */
class FinalFailure extends Error {}

/**
 * Fetches a file. User and password of the address are sent to its own host only.
 * @returns the hash of what was fetched, in an algorithm of node:crypto, as bytes
 * @throws Error with a sentence for the user; then it leaves no file
 */
export async function download(
  address: string,
  file: string,
  algorithm: string,
  { maxBytes, retryMs = 2000 }: DownloadOptions,
): Promise<Buffer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetchOnce(address, file, algorithm, maxBytes);
    } catch (error) {
      await rm(file, { force: true });
      if (error instanceof FinalFailure || attempt === attempts) throw error;
      await sleep(retryMs * 2 ** (attempt - 1));
    }
  }
}

async function fetchOnce(address: string, file: string, algorithm: string, maxBytes: number): Promise<Buffer> {
  const url = new URL(address);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = username ? { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } : {};
  const client = new HttpClient('proxyless-ci', [], { socketTimeout: socketTimeoutMs });
  const { message } = await client.get(url.href, headers);
  const { statusCode: status = 0 } = message;
  if (status !== 200) {
    message.resume();
    const failure = `the server answered ${status}`;
    throw status >= 500 || status === 429 || status === 408 ? new Error(failure) : new FinalFailure(failure);
  }
  const tooLarge = (): FinalFailure =>
    new FinalFailure(`it is larger than ${Math.round(maxBytes / 1e6)} MB, the most that is fetched`);
  const stated = Number(message.headers['content-length'] ?? 0);
  if (stated > maxBytes) {
    message.destroy();
    throw tooLarge();
  }
  const hash = createHash(algorithm);
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > maxBytes ? tooLarge() : null, chunk);
    },
  });
  await mkdir(dirname(file), { recursive: true });
  await pipeline(message, counting, createWriteStream(file));
  if (stated > 0 && bytes < stated) throw new Error('the connection broke off');
  return hash.digest();
}
