// Bundles src/ with all packages that are JavaScript (the command line, the Action, the workers). The same sources and lockfile give the
// same bytes, so that what is committed under dist/ can be compared.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/** Packages with native code: they are installed, not bundled. */
const native = ['onnxruntime-node', 'sharp'];

/** Writes everything that dist/ holds, but the compiled kernels, into a folder. */
export async function bundle(outdir) {
  const { metafile, outputFiles } = await build({
    entryPoints: {
      cli: 'src/cli/main.ts',
      action: 'src/action/main.ts',
      post: 'src/action/post.ts',
      'data-worker': 'src/data/worker.ts',
      'block-worker': 'src/latency/block-worker.ts',
    },
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // Packages in CommonJS that are bundled require Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
    legalComments: 'none',
    minifySyntax: true,
    metafile: true,
    write: false,
    plugins: [nativePackages, unusedPackages],
  });
  await writeWithStableNames(outdir, outputFiles, metafile.outputs);
  // For `npx proxyless-ci` and a direct call; the `#!` line comes from main.ts.
  await chmod(join(outdir, 'cli.js'), 0o755);
  await writeFile(join(outdir, 'licenses.txt'), await licenses(Object.keys(metafile.inputs)));
  await writeNativeManifest(join(outdir, 'native'));
  await bundlePages(outdir);
}

/** The scripts of the pages and their style, each one file, as report/html.ts writes them into a page. */
async function bundlePages(outdir) {
  await build({
    entryPoints: { 'report-page': 'src/page/main.ts', 'history-page': 'src/page/history.ts' },
    outdir,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
  });
  await build({
    stdin: {
      contents: "@import 'uplot/dist/uPlot.min.css';\n@import './src/page/page.css';",
      resolveDir: '.',
      loader: 'css',
    },
    outfile: join(outdir, 'page.css'),
    bundle: true,
    minify: true,
  });
}

/**
 * Writes the files of a build. esbuild names a shared chunk by a hash of its contents, so that every change would rename files; here a chunk
 * is called after the largest source that it holds, and diffs of dist/ show what changed.
 */
async function writeWithStableNames(outdir, outputFiles, outputs) {
  const sizes = new Map(Object.entries(outputs).map(([path, { inputs }]) => [basename(path), inputs]));
  const names = new Map();
  for (const file of outputFiles.map(({ path }) => basename(path)).sort()) {
    if (!file.startsWith('chunk-')) continue;
    const [largest] = Object.entries(sizes.get(file)).sort(
      ([a, x], [b, y]) => y.bytesInOutput - x.bytesInOutput || (a < b ? -1 : 1),
    );
    // Those without sources of their own only import others, and are told apart by a number.
    const empty = [...names.values()].filter((name) => name.startsWith('chunk-empty')).length;
    names.set(file, `chunk-${largest ? sourceName(largest[0]) : `empty${empty || ''}`}.js`);
  }
  const shared = [...names.values()].filter((name, i, all) => all.indexOf(name) !== i);
  if (shared.length > 0) throw new Error(`two chunks would be called ${shared.join(', ')}`);
  await mkdir(outdir, { recursive: true });
  for (const { path, text } of outputFiles) {
    const file = basename(path);
    const contents = text.replaceAll(/chunk-[A-Z0-9]{8}\.js/g, (name) => names.get(name) ?? name);
    await writeFile(join(outdir, names.get(file) ?? file), contents);
  }
}

/** `zod` for a file of that package, `pipeline-options` for src/pipeline/options.ts. */
function sourceName(input) {
  const [, name] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
  return (name ?? input.replace(/^src\//, '').replace(/\.\w+$/, '')).replaceAll(/[^\w]+/g, '-').replace(/^-/, '');
}

/** Takes the native packages from the folder that the Action installed them into, or from beside the bundle. */
const nativePackages = {
  name: 'native-packages',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(?:${native.join('|')})$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'native' }));
    onLoad({ filter: /.*/, namespace: 'native' }, ({ path }) => ({
      contents:
        "const folder = process.env.PROXYLESS_CI_NATIVE; const { createRequire } = process.getBuiltinModule('node:module');\n" +
        `module.exports = (folder ? createRequire(folder + '/') : require)('${path}');`,
    }));
  },
};

/** The artifact client packs and unpacks archives by these, a megabyte of code; the Action uploads single files as they are. */
const unusedPackages = {
  name: 'unused-packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:archiver|unzip-stream)$/ }, ({ path }) => ({ path, namespace: 'unused' }));
    onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'export default undefined;' }));
  },
};

/** The license of every package of which code is in the bundles. */
async function licenses(inputs) {
  const folders = new Set(inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0]));
  folders.delete(undefined);
  const texts = await Promise.all([...folders].sort().map(licenseOf));
  return `${texts.join('\n\n')}\n`;
}

async function licenseOf(folder) {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const names = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE'];
  const texts = await Promise.all(names.map((file) => readFile(join(folder, file), 'utf8').catch(() => undefined)));
  const text = texts.find((t) => t !== undefined) ?? `${license}, ${author?.name ?? author ?? ''}`;
  return `## ${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}`;
}

/** A package.json and lockfile of the native packages alone, with the versions of the project's lockfile. */
async function writeNativeManifest(folder) {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const lock = JSON.parse(await readFile('package-lock.json', 'utf8'));
  const dependencies = Object.fromEntries(native.map((name) => [name, lock.packages[`node_modules/${name}`].version]));
  const manifest = { name: 'proxyless-ci-native', version, private: true, dependencies };
  const paths = reachable(lock.packages, native);
  const packages = { '': { name: manifest.name, version, dependencies } };
  for (const path of [...paths].sort()) {
    const { dev, resolved, ...entry } = lock.packages[path];
    packages[path] = entry;
  }
  const nativeLock = { name: manifest.name, version, lockfileVersion: lock.lockfileVersion, requires: true, packages };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(join(folder, 'package-lock.json'), `${JSON.stringify(nativeLock, null, 2)}\n`);
}

/** Paths in the lockfile of some packages and all that they depend on, found as Node finds packages: nearest node_modules first. */
function reachable(packages, names) {
  const found = new Set();
  const visit = (from, name) => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
      const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
      if (packages[path]) {
        if (found.has(path)) return;
        found.add(path);
        const { dependencies, optionalDependencies } = packages[path];
        for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(path, next);
        return;
      }
      if (at === '') return;
    }
  };
  for (const name of names) visit('', name);
  return found;
}
