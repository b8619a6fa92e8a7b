// Where the project's own data lies: the same folder whether this runs from the sources or from the bundle in dist/.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of this project's package.json: the nearest one above this file with the project's name.
 * @throws Error when there is none: a bundle was taken out of its package
 */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'proxyless-ci') return folder;
    const parent = dirname(folder);
    if (parent === folder) throw new Error('no package.json of proxyless-ci above this file: search/ cannot be found');
    folder = parent;
  }
}
