// The packages with native code (onnxruntime-node, sharp), which no bundle can hold: fetched once by the lockfile in dist/native, each checked against
// its hash, into the runner's tool cache. npm is asked for its registry alone; where there is no npm, packages-from names one.
import { exec } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { x as extract } from 'tar';
import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { errorCode, readJson } from '../lib/files.ts';
import type { Cache } from './cache.ts';
import { download } from './download.ts';
import { withoutSecrets } from './environment.ts';

/** Names the folder that the bundles take native packages from (scripts/bundle.mjs); unset, they are looked for beside the bundle. */
export const nativeFolderVariable = 'PROXYLESS_CI_NATIVE';

const toolName = 'proxyless-ci-native';

/** onnxruntime-node's archive holds the libraries of all platforms. */
const maxBytes = 600e6;

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string(),
      integrity: z
        .string()
        .regex(/^sha512-/)
        .optional(),
      optional: z.boolean().optional(),
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
      libc: z.array(z.string()).optional(),
    }),
  ),
});

/** A machine as packages are made for it. */
export interface Platform {
  readonly os: NodeJS.Platform;
  readonly cpu: string;
  /** Only Linux has several. */
  readonly libc: 'glibc' | 'musl' | undefined;
}

/** This machine. */
export function thisPlatform(): Platform {
  const { platform: os, arch: cpu } = process;
  if (os !== 'linux') return { os, cpu, libc: undefined };
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return { os, cpu, libc: header.glibcVersionRuntime ? 'glibc' : 'musl' };
}

/** What ONNX Runtime's packages are made for. */
const supported: readonly Platform[] = [
  { os: 'linux', cpu: 'x64', libc: 'glibc' },
  { os: 'linux', cpu: 'arm64', libc: 'glibc' },
  { os: 'darwin', cpu: 'arm64', libc: undefined },
  { os: 'win32', cpu: 'x64', libc: undefined },
  { os: 'win32', cpu: 'arm64', libc: undefined },
];

/**
 * Says before any work whether ONNX Runtime runs here.
 * @throws UserError when it does not, with where it does
 */
export function checkPlatform({ os, cpu, libc }: Platform): void {
  if (supported.some((one) => one.os === os && one.cpu === cpu && one.libc === libc)) return;
  const what = libc === 'musl' ? `${os} ${cpu} with musl, as in Alpine images` : `${os} ${cpu}`;
  throw new UserError(
    `ONNX Runtime has no package for ${what}. The Action runs on Linux (x64, arm64) with glibc 2.28 or later, macOS (arm64) and Windows (x64, arm64); ` +
      'in a container use an image with glibc, such as node:24-slim',
  );
}

export interface InstallOptions {
  /** Folder with package.json and package-lock.json. */
  readonly source: string;
  /** RUNNER_TOOL_CACHE. */
  readonly toolCache: string;
  /** Address of a registry or a mirror of it, or a folder with the packages' archives as `npm pack` names them; empty for the registry that npm is set to. */
  readonly from: string;
  readonly platform: Platform;
  /** GitHub's cache, where it may be used. */
  readonly cache?: Cache | undefined;
  readonly retryMs?: number | undefined;
}

/**
 * Installs the native packages, unless the tool cache or GitHub's cache has them: then nothing is fetched. Several jobs may do so at once on one
 * machine.
 * @returns a folder with node_modules, laid out as tool caches are: name/version/architecture, where the version is the lockfile's hash
 * @throws UserError when they cannot be installed
 */
export async function installNativePackages(options: InstallOptions): Promise<string> {
  const { source, toolCache, platform, cache } = options;
  checkPlatform(platform);
  const lockFile = join(source, 'package-lock.json');
  const version = createHash('sha256')
    .update(await readFile(lockFile))
    .digest('hex')
    .slice(0, 16);
  const folder = join(toolCache, toolName, version, platform.cpu);
  const complete = `${folder}.complete`;
  if (existsSync(complete) && existsSync(folder)) return folder;
  const key = `${toolName}-${version}-${platform.os}-${platform.cpu}`;
  if (await cache?.restore(folder, key)) {
    await writeFile(complete, '');
    return folder;
  }
  const staging = `${folder}.${randomUUID()}.tmp`;
  try {
    await mkdir(staging, { recursive: true });
    await copyFile(join(source, 'package.json'), join(staging, 'package.json'));
    const { packages } = await readJson(lockFile, lockSchema);
    const wanted = Object.entries(packages).filter(([path, entry]) => path !== '' && isFor(entry, platform));
    const from = options.from || (await npmRegistry());
    const installed = wanted.map(([path, entry]) => installPackage(path, entry, staging, { ...options, from }));
    // Waits for all, also after a failure: a fetch that still runs would write into the folder after it is removed.
    await Promise.allSettled(installed);
    await Promise.all(installed);
    await moveInto(staging, folder);
    await writeFile(complete, '');
  } catch (error) {
    throw new UserError(
      `onnxruntime-node and sharp cannot be installed into ${folder}: ${(error as Error).message}\n` +
        'The Action needs the npm registry once for each version and runner. Behind a proxy set HTTPS_PROXY. The input packages-from takes a mirror, or a ' +
        'folder with the archives. On your own runner you can also copy the folder from a runner that has it.',
    );
  } finally {
    await rm(staging, { recursive: true, force: true }).catch(() => {});
  }
  await cache?.save(folder, key);
  return folder;
}

type LockedPackage = z.output<typeof lockSchema>['packages'][string];

/** The registry that the npm of this machine is set to, by its configuration files and environment. */
async function npmRegistry(): Promise<string> {
  // On Windows npm is a script, which only a shell can start; nothing in this line comes from outside.
  const command = promisify(exec)('npm config get registry', { env: withoutSecrets(process.env) });
  const { stdout } = await command.catch(() => {
    throw new Error('there is no npm here to ask for its registry; give the address of one as packages-from');
  });
  return stdout.trim();
}

/** Whether a package is for a platform. Optional packages that name no platform (WebAssembly) are substitutes for those that do. */
function isFor({ optional, os, cpu, libc }: LockedPackage, platform: Platform): boolean {
  if (optional && !os && !cpu) return false;
  const takes = (list: readonly string[] | undefined, value: string | undefined): boolean =>
    list === undefined || (value !== undefined && list.includes(value));
  return takes(os, platform.os) && takes(cpu, platform.cpu) && takes(libc, platform.libc);
}

async function installPackage(
  path: string,
  { version, integrity }: LockedPackage,
  staging: string,
  { from, platform, retryMs }: InstallOptions,
): Promise<void> {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const archive = join(staging, `${name.replaceAll(/[@/]/g, '_')}.tgz`);
  const found = await fetchPackage(name, version, archive, from, retryMs);
  if (!integrity || found.toString('base64') !== integrity.slice('sha512-'.length))
    throw new Error(`${name} ${version} is not the package that the lockfile names: its SHA-512 differs`);
  const folder = join(staging, path);
  await mkdir(folder, { recursive: true });
  // The archive has the libraries of six platforms, 300 MB; one is used.
  const own = `/${platform.os}/${platform.cpu}/`;
  const isWanted = (file: string): boolean => !/\/bin\/napi-v\d+\//.test(file) || file.includes(own);
  await extract({ file: archive, cwd: folder, strip: 1, strict: true, filter: isWanted }).catch((error: unknown) => {
    throw new Error(`${name} ${version} cannot be unpacked: ${(error as Error).message}`);
  });
  await rm(archive);
}

/** Puts a package's archive into a file. @returns its SHA-512 */
async function fetchPackage(
  name: string,
  version: string,
  archive: string,
  from: string,
  retryMs: number | undefined,
): Promise<Buffer> {
  if (from !== '' && !/^https?:\/\//.test(from)) {
    const packed = join(from, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
    await copyFile(packed, archive).catch((error: unknown) => {
      throw new Error(errorCode(error) === 'ENOENT' ? `there is no ${packed}` : (error as Error).message);
    });
    return createHash('sha512')
      .update(await readFile(archive))
      .digest();
  }
  const registry = from.replace(/\/*$/, '/');
  return download(`${registry}${name}/-/${basename(name)}-${version}.tgz`, archive, 'sha512', {
    maxBytes,
    retryMs,
  }).catch((error: unknown) => {
    throw new Error(`${name} ${version}: ${(error as Error).message || String(error)}`);
  });
}

/** Renames a folder; where another job was quicker, its folder stays. */
async function moveInto(staging: string, folder: string): Promise<void> {
  try {
    await rename(staging, folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(errorCode(error) ?? '') || !existsSync(folder)) throw error;
  }
}

/** The folder of the lockfile beside the bundle. */
export const nativeSource = (): string => fileURLToPath(new URL('./native/', import.meta.url));
