// A lint rule: which folder of src/ may import which, and that files stay short enough to be read at a sitting. Prints each offence, exits 1.
// Usage: node scripts/check-layers.mjs [project folder]
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const maxLines = 400;

/** What each folder of src/ may import beside itself: folders, or single files of them. The order is from the ground up. */
const allowed = {
  base: [],
  graph: ['base'],
  runtime: ['base', 'graph'],
  network: ['base', 'graph', 'runtime'],
  data: ['base'],
  latency: ['base', 'graph', 'runtime', 'network'],
  evaluate: ['base', 'graph', 'runtime', 'network'],
  training: ['base', 'graph', 'runtime', 'network'],
  nas: ['base', 'runtime', 'network', 'training', 'latency/types.ts'],
  report: ['base', 'pipeline/result.ts', 'pipeline/measure.ts', 'pipeline/tables.ts', 'pipeline/history.ts'],
  pipeline: ['base', 'graph', 'runtime', 'network', 'data', 'latency', 'evaluate', 'training', 'nas', 'report'],
  cli: ['base', 'pipeline'],
  action: ['base', 'pipeline', 'report'],
};

/** Imported for its types only: as code it would close a circle (pipeline imports report). */
const typesOnly = ['pipeline/result.ts', 'pipeline/measure.ts', 'pipeline/tables.ts', 'pipeline/history.ts'];

const root = resolve(process.argv[2] ?? '.');
const offences = [...['src', 'test', 'scripts', 'bench'].flatMap(checkLength), ...checkImports()];
for (const offence of offences) console.error(offence);
process.exitCode = offences.length > 0 ? 1 : 0;

function checkImports() {
  return sources('src').flatMap((file) => {
    const [layer] = relative(join(root, 'src'), file).split(sep);
    const name = relative(root, file);
    const rules = allowed[layer];
    if (!rules) return [`${name}: src/${layer} is not a known folder; add it to scripts/check-layers.mjs`];
    return importsOf(readFileSync(file, 'utf8')).flatMap(({ specifier, line, isType }) => {
      if (!specifier.startsWith('.')) return [];
      const target = relative(join(root, 'src'), resolve(dirname(file), specifier))
        .split(sep)
        .join('/');
      const folder = target.split('/')[0];
      const at = `${name}:${line}`;
      if (folder === layer) return [];
      if (!rules.includes(folder) && !rules.includes(target)) {
        return [`${at}: src/${layer} may not import src/${target} (only ${rules.join(', ') || 'nothing'})`];
      }
      if (layer === 'report' && typesOnly.includes(target) && !isType) {
        return [`${at}: src/${layer} may import only types from src/${target}`];
      }
      return [];
    });
  });
}

/** Static imports, re-exports, dynamic imports and worker URLs, with their line. */
function importsOf(text) {
  const pattern =
    /\b(?:import|export)\s+(type\s)?(?:[^'"`;()]*?\bfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|\bnew URL\(\s*['"](\.[^'"]+\.ts)['"]/g;
  return [...text.matchAll(pattern)].map((match) => ({
    specifier: match[2] ?? match[3] ?? match[4],
    line: text.slice(0, match.index).split('\n').length,
    isType: match[1] !== undefined,
  }));
}

function checkLength(folder) {
  return sources(folder).flatMap((file) => {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length;
    return lines < maxLines ? [] : [`${relative(root, file)}: ${lines} lines; files stay under ${maxLines}`];
  });
}

function sources(folder) {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
