// The last result of each branch, in the cache: what a search on a pull request is compared with, without a second search.
import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { warning } from '@actions/core';
import { readResult } from '../contracts/result.ts';
import { UserError } from '../lib/errors.ts';
import type { BaseModel } from '../pipeline/index.ts';
import type { Cache } from './cache.ts';

export interface KeptResults {
  /** The network that a branch's last search made, where it is in the cache. */
  last(branch: string): Promise<BaseModel | undefined>;
  /** Keeps what a run folder holds, where that is a whole result. */
  keep(out: string, branch: string, runId: string): Promise<void>;
}

const files = ['model.onnx', 'result.json'] as const;

/**
 * @param network what networks of equal names can be compared by: recipe and input size
 * @param folder where entries are put together and unpacked
 */
export function keptResults(cache: Cache, network: string, folder: string): KeptResults {
  // No branch has a colon in its name: that of one is not the beginning of another's.
  const keyOf = (branch: string): string => `proxyless-ci-result-${network}-${branch}:`;
  return {
    async last(branch) {
      if (!(await cache.restore(folder, keyOf(branch)))) return undefined;
      try {
        const { commit = '' } = await readResult(join(folder, 'result.json'));
        return { file: join(folder, 'model.onnx'), name: `${branch} (${commit.slice(0, 7)}, cached)` };
      } catch (error) {
        // Of a version that wrote results in another way.
        if (!(error instanceof UserError)) throw error;
        warning(`no comparison with the last result of ${branch}: ${error.message}`);
        return undefined;
      }
    },
    async keep(out, branch, runId) {
      if (!files.every((name) => existsSync(join(out, name)))) return;
      await mkdir(folder, { recursive: true });
      for (const name of files) await copyFile(join(out, name), join(folder, name));
      await cache.save(folder, keyOf(branch) + runId);
    },
  };
}
