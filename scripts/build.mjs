// Makes dist/ again. native/ is compiled only where dist/kernels.node is not what its sources make.
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { compileNative, isCurrent, kernelFiles } from './native.mjs';

const copyKernels = (from, to) => Promise.all(kernelFiles.map((file) => copyFile(join(from, file), join(to, file))));

const kept = await mkdtemp(join(tmpdir(), 'kernels-'));
try {
  if (await isCurrent('dist')) await copyKernels('dist', kept);
  else await compileNative(kept);
  await rm('dist', { recursive: true, force: true });
  await bundle('dist');
  await copyKernels(kept, 'dist');
} finally {
  await rm(kept, { recursive: true });
}
