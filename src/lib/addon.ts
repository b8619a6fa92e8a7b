// The compiled kernels as a file: dist/kernels.node, for Linux on x86-64.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

/**
 * The addon, which must have these functions. Each thread that needs it loads it.
 * @throws Error where it cannot be loaded or has not all of them
 */
export function loadAddon<T>(functions: readonly (string & keyof T)[]): T {
  const addon: Partial<T> = createRequire(import.meta.url)(join(packageRoot(), 'dist', 'kernels.node'));
  const missing = functions.find((name) => typeof addon[name] !== 'function');
  if (missing) throw new Error(`dist/kernels.node has no ${missing}`);
  return addon as T;
}
