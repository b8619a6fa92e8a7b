// The data of a run: a folder of the workspace, or an archive that is fetched once, checked and unpacked.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { info, setSecret } from '@actions/core';
import { downloadTool, extractTar, extractZip } from '@actions/tool-cache';
import { UserError } from '../lib/errors.ts';
import type { Cache } from './cache.ts';
import type { Archive } from './inputs.ts';

/**
 * The folder of the data, as it is given or unpacked from its archive.
 * @param temporary folder for the archive and what is in it; it is kept for later steps of the job
 * @throws UserError when the archive cannot be fetched, is another than its hash says, or holds no data folder
 */
export async function dataFolder(data: string | Archive, cache: Cache, temporary: string): Promise<string> {
  if (typeof data === 'string') return data;
  const archives = join(temporary, `proxyless-ci-archive-${data.sha256.slice(0, 16)}`);
  const file = join(archives, 'archive');
  const kept = existsSync(file) || (await cache.restore(archives, `proxyless-ci-archive-${data.sha256}`));
  // A hash again for what was kept: it might be damaged.
  if (!kept || (await sha256Of(file)) !== data.sha256) {
    await fetchArchive(data, file);
    await cache.save(archives, `proxyless-ci-archive-${data.sha256}`);
  }
  return unpack(data, file, join(temporary, `proxyless-ci-data-${data.sha256.slice(0, 16)}`));
}

async function fetchArchive({ url, sha256 }: Archive, file: string): Promise<void> {
  await rm(file, { force: true });
  // It may hold a password or a token, which the download would log where the runner debugs.
  if (url !== shown(url)) setSecret(url);
  info(`data: fetching ${shown(url)}`);
  try {
    await downloadTool(url, file);
  } catch (error) {
    throw new UserError(`input: data: ${shown(url)} cannot be fetched: ${(error as Error).message}`);
  }
  const found = await sha256Of(file);
  if (found === sha256) return;
  await rm(file);
  throw new UserError(
    `input: data: ${shown(url)} is not the archive that data-sha256 names: its SHA-256 is ${found}, not ${sha256}`,
  );
}

/** Unpacks by the runner's tar or unzip, called without a shell; both leave out what would land outside. */
async function unpack({ url }: Archive, file: string, folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    if (new URL(url).pathname.endsWith('.zip')) await extractZip(file, folder);
    else await extractTar(file, folder, '-x');
  } catch (error) {
    throw new UserError(`input: data: ${shown(url)} cannot be unpacked: ${(error as Error).message}`);
  }
  // Packed with the folder's name or without.
  const inner = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const found = [folder, ...inner.map(({ name }) => join(folder, name))].find((candidate) =>
    existsSync(join(candidate, 'splits.json')),
  );
  if (found) return found;
  throw new UserError(`input: data: ${shown(url)} has no splits.json; expected images/, masks/ and splits.json`);
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** An address without what may be secret in it: user, password, query. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
