// The last result of each branch, in the cache: what a search on a pull request is compared with, without a second search.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { warning } from '@actions/core';
import { readResult } from '../contracts/result.ts';
import { UserError } from '../lib/errors.ts';
import { shortHash } from '../lib/hash.ts';
import type { BaseModel } from '../pipeline/index.ts';
import type { Cache } from './cache.ts';

export interface KeptResults {
  /** The network that a branch's last search made, where it is in the cache. */
  last(branch: string): Promise<BaseModel | undefined>;
  /** Keeps what a run folder holds, where that is a whole result. */
  keep(out: string, branch: string, runId: string): Promise<void>;
}

/** What head is compared with: the model; or, where its weights must not leave the runner, the architecture, which gives only latency. */
const model = 'model.onnx';
const architecture = 'architecture.json';

/**
 * @param network what networks of equal names can be compared by: recipe, input size and the use of the Action
 * @param temporary where entries are put together and unpacked, each in a folder of its own
 * @param isPrivate whether weights must not be kept
 */
export function keptResults(cache: Cache, network: string, temporary: string, isPrivate: boolean): KeptResults {
  // Hashed: names of branches and recipes may hold characters that keys may not, and one name may be the beginning of another.
  const keyOf = (branch: string): string => `proxyless-ci-result-${shortHash([network, branch])}-`;
  return {
    async last(branch) {
      const folder = join(temporary, keyOf(branch));
      if (!(await cache.restore(folder, keyOf(branch)))) return undefined;
      try {
        const { commit = '' } = await readResult(join(folder, 'result.json'));
        const file = [model, architecture].map((name) => join(folder, name)).find(existsSync);
        return file === undefined ? undefined : { file, name: `${branch} (${commit.slice(0, 7)}, cached)` };
      } catch (error) {
        // Another version wrote the result in another format.
        if (!(error instanceof UserError)) throw error;
        warning(`no comparison with the last result of ${branch}: ${error.message}`);
        return undefined;
      }
    },
    async keep(out, branch, runId) {
      const folder = join(temporary, keyOf(branch));
      const files = ['result.json', isPrivate ? architecture : model];
      if (!files.every((name) => existsSync(join(out, name)))) return;
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      for (const name of files) await copyFile(join(out, name), join(folder, name));
      await cache.save(folder, keyOf(branch) + runId);
    },
  };
}
