// The data of a run: folders of the workspace, or an archive that is fetched once, checked and unpacked.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { setSecret } from '@actions/core';
import type { DataFolder } from '../contracts/recipe.ts';
import { UserError } from '../lib/errors.ts';
import { fileHash } from '../lib/hash.ts';
import type { Cache } from './cache.ts';
import { type DownloadOptions, download } from './download.ts';
import { withoutSecrets } from './environment.ts';
import { type Git, gitText, lastLine } from './git.ts';
import type { Archive, Inputs } from './inputs.ts';
import { say } from './log.ts';

/** A hosted runner has 14 GB for everything. */
const fetching: DownloadOptions = { maxBytes: 8e9 };

/**
 * Whether data, and files with weights trained on it, must stay out of the cache, which everyone who can open a pull request can read. `auto`: yes for
 * data of which git does not track every file, as an earlier step put it there, and for an address with credentials or a query.
 */
export async function isPrivate(data: Inputs['data'], policy: Inputs['cacheData'], git: Git): Promise<boolean> {
  if (policy !== 'auto' || data === undefined) return policy === 'false';
  if (!('url' in data)) {
    return (await Promise.all(data.map(({ folder }) => isOutsideGit(folder, git)))).some(Boolean);
  }
  const { username, password, search } = new URL(data.url);
  return username !== '' || password !== '' || search !== '';
}

/** Whether git tracks nothing of a folder, or not all of it (files that it ignores are not tracked), or only as a submodule, which may be private, or as a link to elsewhere. */
async function isOutsideGit(folder: string, git: Git): Promise<boolean> {
  const path = `:(literal)${folder}`;
  const tracked = await gitText(git, ['ls-files', '--stage', '--', path]);
  if (!tracked || /^1[26]0000 /m.test(tracked)) return true;
  return (await gitText(git, ['ls-files', '--others', '--', path])) !== '';
}

/**
 * The folders of the data, as they are given or unpacked from their archive.
 * @param cache where archives are kept, if they may be
 * @param temporary folder for the archive and what is in it; it is kept for later steps of the job
 * @throws UserError when the archive cannot be fetched, is another than its hash says, or holds no data folder
 */
export async function dataFolders(
  data: Exclude<Inputs['data'], undefined>,
  cache: Cache | undefined,
  temporary: string,
  options = fetching,
): Promise<readonly DataFolder[]> {
  if (!('url' in data)) return data;
  const key = `proxyless-ci-archive-${data.sha256}`;
  const archives = join(temporary, key);
  const file = join(archives, 'archive');
  const kept = existsSync(file) || ((await cache?.restore(archives, key)) ?? false);
  // An archive from the cache is hashed again: it might be damaged.
  if (!kept || (await fileHash(file)) !== data.sha256) {
    await fetchArchive(data, file, options);
    await cache?.save(archives, key);
  }
  const folder = join(temporary, `proxyless-ci-data-${data.sha256.slice(0, 16)}`, archiveName(data.url));
  return [{ folder: await unpack(data, file, folder), weight: 1 }];
}

async function fetchArchive({ url, sha256 }: Archive, file: string, options: DownloadOptions): Promise<void> {
  // It may hold a password or a token.
  if (url !== shown(url)) setSecret(url);
  say(`data: fetching ${shown(url)}`);
  const found = await download(url, file, 'sha256', options).catch((error: unknown) => {
    throw new UserError(`input: data: ${shown(url)} cannot be fetched: ${(error as Error).message}`);
  });
  if (found.toString('hex') === sha256) return;
  await rm(file);
  throw new UserError(
    `input: data: ${shown(url)} is not the archive that data-sha256 names: its SHA-256 is ${found.toString('hex')}, not ${sha256}`,
  );
}

/** Unpacks by the machine's tar or unzip, without a shell or tokens; both leave out what would land outside. */
async function unpack({ url }: Archive, file: string, folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // The tar of Windows opens zip archives too.
  const isZip = new URL(url).pathname.endsWith('.zip') && process.platform !== 'win32';
  const [program, args] = isZip ? ['unzip', ['-q', file, '-d', folder]] : ['tar', ['-xf', file, '-C', folder]];
  try {
    await promisify(execFile)(program, args, { env: withoutSecrets(process.env) });
  } catch (error) {
    throw new UserError(`input: data: ${shown(url)} cannot be unpacked: ${lastLine(error)}`);
  }
  // Packed with the folder's name or without.
  const inner = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const found = [folder, ...inner.map(({ name }) => join(folder, name))].find((candidate) =>
    existsSync(join(candidate, 'splits.json')),
  );
  if (found) return found;
  throw new UserError(`input: data: ${shown(url)} has no splits.json; expected images/, masks/ and splits.json`);
}

/** What reports call the data of an archive: its file's name. */
function archiveName(url: string): string {
  const name = basename(new URL(url).pathname).replace(/\.(?:zip|tgz|tar(?:\.\w+)?)$/, '');
  return name.replaceAll(/[^\w.-]/g, '_') || 'data';
}

/** An address without what may be secret in it: user, password, query. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
