// The Action's inputs, read once and checked: what they mean stands in action.yml.
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { create as createGlobber } from '@actions/glob';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { type ModelSettings, modelFields } from '../contracts/model.ts';
import type { DataFolder } from '../contracts/recipe.ts';
import { nearestName, UserError } from '../lib/errors.ts';
import { checkSchema, errorCode } from '../lib/files.ts';
import { parsePart, parseShare, parseWeighted, parseWholeNumber, shareForm, weightForm } from '../lib/values.ts';
import type { Shard } from '../pipeline/index.ts';
import { type CacheKind, cacheKinds } from './cache.ts';

/** An archive of a data folder. */
export interface Archive {
  readonly url: string;
  /** Hex, lower case. */
  readonly sha256: string;
}

/** The inputs, checked. Paths lie inside the workspace and are relative to it. */
export interface Inputs {
  readonly mode: (typeof modes)[number];
  /** Name in search/recipes or path. */
  readonly recipe?: string | undefined;
  /** An archive, or folders with how often an epoch of training visits each of their photos. */
  readonly data?: Archive | readonly DataFolder[] | undefined;
  /** ONNX files, with every pattern resolved. */
  readonly models?: readonly string[] | undefined;
  readonly baseModel?: string | undefined;
  readonly baseRef?: string | undefined;
  /** By the recipe's names; whether their values make sense is the pipeline's to check. */
  readonly budgets: Readonly<Record<string, unknown>>;
  readonly latencyThreshold?: number | undefined;
  readonly miouThreshold?: number | undefined;
  readonly failOn: readonly FailureKind[];
  readonly acceptLabel: string;
  readonly checkRun: boolean;
  /** Where the history is kept for good; by default in the cache alone. */
  readonly historyBranch?: string | undefined;
  readonly historyPath: string;
  readonly comment: (typeof commentPolicies)[number];
  readonly commentKey: string;
  /** Heading of the comment: what tells this leg of a matrix from the others. */
  readonly title?: string | undefined;
  /** Empty where none was given. */
  readonly token: string;
  readonly cache: readonly CacheKind[];
  readonly cacheData: (typeof cacheDataPolicies)[number];
  readonly threads?: number | undefined;
  /** What is stated of the model, over the recipe's `model`. */
  readonly modelSettings: ModelSettings;
  readonly shard?: 'candidates' | 'derive' | 'merge' | Shard | undefined;
  readonly out: string;
}

const cacheDataPolicies = ['auto', 'true', 'false'] as const;
/** Verdicts that can fail a job. */
export const failureKinds = ['regression', 'budget', 'inconclusive'] as const;
export type FailureKind = (typeof failureKinds)[number];
const modes = ['auto', 'gate', 'search', 'table'] as const;
const commentPolicies = ['always', 'on-change', 'on-fail', 'never'] as const;
const numericBudgets = ['max-latency-ms', 'min-miou', 'min-fps', 'max-params', 'max-macs'] as const;

/** One of a few words; another is answered with the nearest of them. */
function oneOf<const T extends readonly string[]>(words: T, what: string) {
  return z.enum(words, {
    error: ({ input }) => {
      const nearest = nearestName(String(input), words);
      return `unknown ${what} "${input}"; ${nearest ? `did you mean "${nearest}"?` : `valid are ${words.join(', ')}`}`;
    },
  });
}

const number = z.string().transform((text, context) => {
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  context.addIssue({ code: 'custom', message: `"${text}" is not a number` });
  return z.NEVER;
});

/** A value that the command line reads in the same way. */
function read<T>(parse: (text: string) => T | undefined, form: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `"${text}" ${form}` });
    return z.NEVER;
  });
}
const share = read(parseShare, shareForm);
const yesOrNo = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['true', 'false'], 'must be true or false'))
  .transform((text) => text === 'true');

/** Words, separated by commas or line ends. */
const wordsOf = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** `true`, `false` as YAML writes them, or some of the kinds. */
const cache = z
  .string()
  .toLowerCase()
  .transform((text) => (text === 'true' ? [...cacheKinds] : text === 'false' ? [] : wordsOf(text)))
  .pipe(z.array(z.enum(cacheKinds, `must be true, false, or a list of ${cacheKinds.join(', ')}`)));

/** Kinds of verdicts, or `never` alone. */
const failOn = z
  .string()
  .transform((text) => (text.trim() === 'never' ? [] : wordsOf(text)))
  .pipe(z.array(z.enum(failureKinds, `must be never, or a list of ${failureKinds.join(', ')}`)));

/** A matrix's values, or null outside one. */
const matrix = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'is set by the Action itself; leave it out' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.unknown()).nullable());

const shard = z.string().transform((text, context): Exclude<Inputs['shard'], undefined> => {
  if (text === 'candidates' || text === 'derive' || text === 'merge') return text;
  const part = parsePart(text);
  if (part) return part;
  context.addIssue({ code: 'custom', message: 'must be candidates, derive, a part such as 2/4, or merge' });
  return z.NEVER;
});

const schema = z
  .object({
    mode: oneOf(modes, 'mode').default('auto'),
    recipe: z.string().optional(),
    data: z.string().optional(),
    'data-sha256': z
      .string()
      .toLowerCase()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits, as sha256sum prints them')
      .optional(),
    model: z.string().optional(),
    'base-model': z.string().optional(),
    'base-ref': z
      .string()
      .regex(/^[^-]/, 'must be a branch, tag or commit, and none of these begins with a dash')
      .optional(),
    'max-latency-ms': number.optional(),
    'max-latency-vs': z.string().transform(parseRatios).optional(),
    'min-miou': number.optional(),
    'min-fps': number.optional(),
    'max-params': number.optional(),
    'max-macs': number.optional(),
    'latency-threshold': share.optional(),
    'miou-threshold': share.optional(),
    comment: oneOf(commentPolicies, 'policy').default('always'),
    'comment-key': z
      .string()
      .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores')
      .optional(),
    matrix: matrix.default(null),
    'github-token': z.string().default(''),
    cache: cache.default([...cacheKinds]),
    'cache-data': oneOf(cacheDataPolicies, 'policy').default('auto'),
    'packages-from': z.string().default(''),
    threads: read((text) => parseWholeNumber(text, 1), 'must be a whole number of at least 1').optional(),
    'fail-on': failOn.default(['regression', 'budget']),
    'accept-label': z.string().default('proxyless-ci-accepted'),
    'check-run': yesOrNo.default(false),
    'history-branch': z.string().regex(/^[^-]/, 'must be the name of a branch').optional(),
    'history-path': z
      .string()
      .regex(/^[\w-][\w./-]*$/, 'must be a folder of the branch')
      .default('proxyless-ci'),
    size: modelFields.size,
    normalize: modelFields.normalize,
    output: modelFields.output,
    shard: shard.optional(),
    out: z.string().default('proxyless-ci-run'),
  })
  .superRefine((given, context) => {
    const contradiction = (input: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [input], message });
    const isUrl = given.data !== undefined && /^[a-z]+:\/\//im.test(given.data);
    if (isUrl && given.data!.includes('\n')) contradiction('data', 'an archive stands alone; several sets are folders');
    if (isUrl && !/^https:/i.test(given.data!)) contradiction('data', 'an archive is fetched by https only');
    if (isUrl && !given['data-sha256'])
      contradiction('data-sha256', 'required for an archive: its SHA-256, as sha256sum prints it');
    if (!isUrl && given['data-sha256']) contradiction('data-sha256', 'only valid if data is the URL of an archive');
    if (given.mode === 'gate' && !given.model) contradiction('model', 'required for mode gate: the ONNX file to judge');
    if (given.model && (given.mode === 'search' || given.mode === 'table'))
      contradiction('model', `mode ${given.mode} makes its own network; use mode gate, or leave out model`);
    if (given['max-latency-vs'] && given.model && !given.recipe)
      contradiction(
        'max-latency-vs',
        'needs a recipe whose baselines list what it names: they are measured in the same run',
      );
    if (given.mode === 'search' && !given.data) contradiction('data', 'a search needs a data folder or archive');
    if (given.shard && given.mode !== 'search') contradiction('shard', 'only valid with mode search');
  });

/**
 * Reads and checks all inputs.
 * @param read the text of an input, empty where none was given
 * @param workspace folder that the repository is checked out in
 * @throws UserError listing every wrong input
 */
export async function loadInputs(read: (name: string) => string, workspace: string): Promise<Inputs> {
  const names = Object.keys(schema.shape);
  const texts = names.map((name) => [name, read(name).trim()]).filter(([, text]) => text !== '');
  const given = checkSchema(Object.fromEntries(texts), 'input', schema);
  const budgets = Object.fromEntries(
    [...numericBudgets, 'max-latency-vs' as const]
      .map((name) => [name, given[name]] as const)
      .filter(([, value]) => value !== undefined),
  );
  const inside = (input: string, path: string | undefined): Promise<string | undefined> =>
    path === undefined ? Promise.resolve(undefined) : pathInside(workspace, path, input);
  const { recipe, data } = given;
  const sha256 = given['data-sha256'];
  const isRecipeFile = recipe !== undefined && /[/\\]|\.ya?ml$/.test(recipe);
  return {
    mode: given.mode,
    // `./`, so that a recipe at the root of the workspace is not taken for a name.
    recipe: isRecipeFile ? `./${await inside('recipe', recipe)}` : recipe,
    data: data === undefined ? undefined : sha256 ? { url: data, sha256 } : await foldersOf(data, workspace),
    models: given.model === undefined ? undefined : await modelsOf(given.model, workspace),
    // Lies in the base's tree, so that only its text can be looked at.
    baseModel: given['base-model'] && lexicallyInside(workspace, given['base-model'], 'base-model'),
    baseRef: given['base-ref'],
    budgets,
    latencyThreshold: given['latency-threshold'],
    miouThreshold: given['miou-threshold'],
    failOn: given['fail-on'],
    acceptLabel: given['accept-label'],
    checkRun: given['check-run'],
    historyBranch: given['history-branch'],
    historyPath: given['history-path'],
    comment: given.comment,
    commentKey: given['comment-key'] ?? `${defaultCommentKey}${legHash(given.matrix)}`,
    title: legTitle(given.matrix),
    token: given['github-token'],
    cache: given.cache,
    cacheData: given['cache-data'],
    threads: given.threads,
    modelSettings: { size: given.size, normalize: given.normalize, output: given.output },
    shard: given.shard,
    out: (await inside('out', given.out))!,
  };
}

/** Data folders, one on each line, some with `=WEIGHT`. */
async function foldersOf(text: string, workspace: string): Promise<readonly DataFolder[]> {
  const folders: DataFolder[] = [];
  for (const line of linesOf(text)) {
    const weighted = parseWeighted(line);
    if (!weighted) throw new UserError(`input: data: ${line}: ${weightForm}`);
    folders.push({ ...weighted, folder: await pathInside(workspace, weighted.folder, 'data') });
  }
  return folders;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Files that lines of paths and patterns name, each once, in the order of their names within a pattern. */
async function modelsOf(text: string, workspace: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const line of linesOf(text)) {
    const path = await pathInside(workspace, line, 'model');
    if (!/[*?[]/.test(line)) {
      found.add(path);
      continue;
    }
    const globber = await createGlobber(join(workspace, path), { followSymbolicLinks: false, matchDirectories: false });
    const files = (await globber.glob()).sort();
    if (files.length === 0) throw new UserError(`input: model: no file matches ${line}`);
    for (const file of files) found.add(relative(workspace, file));
  }
  return [...found];
}

type Matrix = Readonly<Record<string, unknown>> | null;

/** What a leg of a matrix is called: its values, `ubuntu-24.04, 2`. */
function legTitle(leg: Matrix): string | undefined {
  const values = Object.values(leg ?? {}).map((value) => (typeof value === 'object' ? JSON.stringify(value) : value));
  return values.length > 0 ? values.join(', ') : undefined;
}

/** `-` and a short hash of a leg's values; nothing outside a matrix. */
function legHash(leg: Matrix): string {
  if (!leg || Object.keys(leg).length === 0) return '';
  return `-${createHash('sha256').update(JSON.stringify(leg)).digest('hex').slice(0, 8)}`;
}

/** `{ baseline: ratio }` from YAML, in a block or in braces. */
function parseRatios(text: string, context: z.RefinementCtx): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  context.addIssue({ code: 'custom', message: `must be baselines with ratios, such as "mobilenetv3-large: 1.0"` });
  return z.NEVER;
}

/** A path relative to the workspace, whose text does not lead out of it. */
function lexicallyInside(workspace: string, path: string, input: string): string {
  const inside = relative(workspace, resolve(workspace, path));
  if (leaves(inside)) throw new UserError(`input: ${input}: ${path} is outside the workspace ${workspace}`);
  return inside;
}

/** A path relative to the workspace that does not lead out of it, by `..` or by a symbolic link. */
async function pathInside(workspace: string, path: string, input: string): Promise<string> {
  const inside = lexicallyInside(workspace, path, input);
  const target = await realpathOfExisting(resolve(workspace, inside));
  if (leaves(relative(await realpath(workspace), target)))
    throw new UserError(`input: ${input}: ${path} is a symbolic link that leads out of the workspace, to ${target}`);
  return inside;
}

/** @throws UserError when a file that the recipe names lies outside the workspace */
export async function checkRecipePaths(paths: readonly string[], workspace: string): Promise<void> {
  for (const path of paths) await pathInside(workspace, path, 'recipe');
}

/** Of a single use of the Action on a pull request. */
export const defaultCommentKey = 'proxyless-ci';

/** The input that is read before all others, which are relative to it. */
export const workingDirectory = 'working-directory';

/**
 * Makes the folder of the checkout the working directory.
 * @param folder the input, empty for the whole workspace
 * @throws UserError when it lies outside the workspace or is not there
 */
export async function enterWorkspace(workspace: string, folder: string): Promise<string> {
  const path = folder === '' ? workspace : join(workspace, await pathInside(workspace, folder, workingDirectory));
  try {
    process.chdir(path);
  } catch {
    throw new UserError(`input: ${workingDirectory}: there is no folder ${folder} in the workspace ${workspace}`);
  }
  return path;
}

const leaves = (path: string): boolean => path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);

/** Where a path leads, of which the last parts may not exist yet. */
async function realpathOfExisting(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return join(await realpathOfExisting(dirname(path)), relative(dirname(path), path));
  }
}
