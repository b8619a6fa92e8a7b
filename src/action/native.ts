// The packages with native code (onnxruntime-node, sharp), which no bundle can hold: installed once into the runner's tool cache.
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { UserError } from '../lib/errors.ts';
import { errorCode } from '../lib/files.ts';
import { withoutSecrets } from './environment.ts';

/** Names the folder that the bundles take native packages from (scripts/bundle.mjs); unset, they are looked for beside the bundle. */
export const nativeFolderVariable = 'PROXYLESS_CI_NATIVE';

const toolName = 'proxyless-ci-native';
const manifests = ['package.json', 'package-lock.json'] as const;

/**
 * Installs the native packages by the lockfile in dist/native, unless the tool cache has them: then nothing is fetched. Several jobs may do
 * so at once on one machine.
 * @returns a folder with node_modules, laid out as tool caches are: name/version/architecture, where the version is the lockfile's hash
 * @throws UserError when they cannot be installed
 */
export async function installNativePackages(environment: NodeJS.ProcessEnv): Promise<string> {
  const toolCache = environment.RUNNER_TOOL_CACHE;
  if (!toolCache) throw new UserError('RUNNER_TOOL_CACHE is not set: the Action runs in a workflow only');
  const source = fileURLToPath(new URL('./native/', import.meta.url));
  const lock = await readFile(join(source, 'package-lock.json'));
  const version = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const folder = join(toolCache, toolName, version, process.arch);
  const complete = `${folder}.complete`;
  if (existsSync(complete)) return folder;
  const staging = `${folder}.${randomUUID()}.tmp`;
  try {
    await mkdir(staging, { recursive: true });
    for (const name of manifests) await copyFile(join(source, name), join(staging, name));
    await npmInstall(staging, environment);
    await removeOtherPlatforms(join(staging, 'node_modules', 'onnxruntime-node', 'bin'));
    await moveInto(staging, folder);
    await writeFile(complete, '');
  } catch (error) {
    throw new UserError(
      `onnxruntime-node and sharp cannot be installed into ${folder}: ${reasonOf(error)}\n` +
        "The Action needs the npm registry once for each version and runner. Behind a proxy or a mirror, set HTTPS_PROXY or npm's registry. " +
        'On your own runner you can also copy the folder from a runner that has it.',
    );
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return folder;
}

/** `npm ci` without install scripts: the binaries are in the packages themselves. */
async function npmInstall(folder: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const args = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // The runner's own Node comes with an npm; else the image's.
  const bundled = resolve(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
  const [program, first] = existsSync(bundled) ? [process.execPath, [bundled]] : ['npm', []];
  await promisify(execFile)(program, [...first, ...args], { cwd: folder, env: withoutSecrets(environment) });
}

/** The package holds the libraries of six platforms, 300 MB, of which one is used. */
async function removeOtherPlatforms(bin: string): Promise<void> {
  for (const napi of await readdir(bin)) {
    for (const platform of await readdir(join(bin, napi))) {
      for (const architecture of await readdir(join(bin, napi, platform))) {
        if (platform === process.platform && architecture === process.arch) continue;
        await rm(join(bin, napi, platform, architecture), { recursive: true });
      }
    }
  }
}

/** Renames a folder; where another job was quicker, its folder stays. */
async function moveInto(staging: string, folder: string): Promise<void> {
  try {
    await rename(staging, folder);
  } catch (error) {
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
  }
}

function reasonOf(error: unknown): string {
  const stderr = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr).trim() : '';
  return stderr.split('\n').slice(0, 5).join('\n') || (error instanceof Error ? error.message : String(error));
}
