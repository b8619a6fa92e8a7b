// Architectures as files: JSON that people can read and edit, checked for sense before anything is built from it.
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { type Architecture, architectureFields, type Layer, type Macro } from '../contracts/architecture.ts';
import { nearestName, UserError } from '../lib/errors.ts';
import { parseJson, readOptional } from '../lib/files.ts';
import { packageRoot } from '../lib/package-root.ts';
import { operations, unknownOperation } from './operations/index.ts';

/** An architecture that can be built: its widths follow on each other, its operations exist and can take them, its strides lead to s32. */
export const architectureSchema: z.ZodType<Architecture> = architectureFields.superRefine((architecture, context) => {
  for (const { path, message } of problems(architecture)) context.addIssue({ code: 'custom', path, message });
});

function problems({ macro, layers }: Architecture): { path: (string | number)[]; message: string }[] {
  const found: { path: (string | number)[]; message: string }[] = [];
  layers.forEach((layer, i) => {
    const before = i === 0 ? macro.head.width : layers[i - 1]!.out;
    if (layer.in !== before)
      found.push({
        path: ['layers', i, 'in'],
        message: `must be ${before}, the width of ${i === 0 ? 'macro.head' : `layers.${i - 1}.out`}, not ${layer.in}`,
      });
    const operation = operations.get(layer.operation);
    const problem = operation ? operation.check(layer) : unknownOperation(layer.operation);
    if (problem)
      found.push({ path: ['layers', i, 'operation'], message: operation ? `${layer.operation} ${problem}` : problem });
  });
  const strides = layers.filter((layer) => layer.stride === 2).length;
  if (strides !== 4)
    found.push({ path: ['layers'], message: `must have four layers with stride 2 (s4, s8, s16, s32), not ${strides}` });
  return found;
}

/**
 * An architecture from JSON text.
 * @param source how errors call the text, usually its file
 * @throws UserError naming the source and every wrong field
 */
export function parseArchitecture(text: string, source: string): Architecture {
  return parseJson(text, source, architectureSchema);
}

/** The JSON of an architecture, one layer a line. */
export function formatArchitecture(architecture: Architecture): string {
  const { layers, macro, ...rest } = architecture;
  const line = (value: Macro[keyof Macro] | Layer): string =>
    JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ').replace(/\[ /g, '[').replace(/ \]/g, ']');
  const parts = Object.entries(macro).map(([key, value]) => `    "${key}": ${line(value)}`);
  return [
    '{',
    ...Object.entries(rest).map(([key, value]) => `  "${key}": ${JSON.stringify(value)},`),
    `  "macro": {\n${parts.join(',\n')}\n  },`,
    `  "layers": [\n${layers.map((layer) => `    ${line(layer)}`).join(',\n')}\n  ]`,
    '}\n',
  ].join('\n');
}

/**
 * An architecture by the name of a file in search/architectures, or by its path (anything with a slash or `.json`).
 * @throws UserError when there is no such file or it is not an architecture that can be built
 */
export async function loadArchitecture(nameOrPath: string): Promise<Architecture> {
  const { text, path } = await readNamed(nameOrPath, 'architectures', '.json');
  return parseArchitecture(text, path);
}

/**
 * A data file of the project by name, or any file by path.
 * @param folder where names are looked up, under search/
 * @throws UserError when there is none; it suggests the nearest name
 */
export async function readNamed(
  nameOrPath: string,
  folder: string,
  extension: string,
): Promise<{ text: string; path: string }> {
  const isPath = /[/\\]/.test(nameOrPath) || nameOrPath.endsWith(extension);
  const home = join(packageRoot(), 'search', folder);
  const path = isPath ? resolve(nameOrPath) : join(home, nameOrPath + extension);
  const data = await readOptional(path);
  if (data) return { text: data.toString('utf8'), path: isPath ? nameOrPath : path };
  if (isPath) throw new UserError(`${nameOrPath}: no such file`);
  const names = (await readdir(home))
    .filter((name) => name.endsWith(extension))
    .map((n) => n.slice(0, -extension.length));
  const nearest = nearestName(nameOrPath, names);
  throw new UserError(
    `no ${folder.replace(/s$/, '')} is called "${nameOrPath}"; ` +
      (nearest ? `did you mean "${nearest}"?` : `known: ${names.join(', ')}; or give the path of a ${extension} file`),
  );
}
