// Adoption: the workflow that a repository starts with, made from the ones that are documented and tested here, to be committed as it is. It needs
// git and no native package.
import { execFile } from 'node:child_process';
import { access, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ExitCode, UserError } from '../../lib/errors.ts';
import { readOptional, writeFileAtomic } from '../../lib/files.ts';
import { packageRoot } from '../../lib/package-root.ts';
import type { InitOptions, Outcome } from '../options.ts';

const workflow = '.github/workflows/proxyless-ci.yml';
const recipe = '.github/proxyless-ci/pr.yaml';
const schema = '.github/proxyless-ci/recipe.schema.json';

/** Placeholders in the documented workflows, for values that are only known here. */
const placeholder = {
  action: 'OWNER/proxyless-ci@COMMIT_SHA',
  branch: 'branches: [main]',
  model: 'model: models/person.onnx',
};

const actionForm = /^[\w.-]+\/[\w.-]+@[\w.-]+$/;

/** Most models that are listed: below the bounds of a workflow's line, and as many as anyone reads. */
const mostModels = 20;

interface File {
  readonly to: string;
  readonly text: string;
}

/**
 * Writes one workflow into the repository at `folder`: a gate where git tracks ONNX files there, without budgets, so that it is green on its first
 * day; else a search, with its recipe and the recipe's schema.
 * @throws UserError when it is not the root of a repository, the Action's own repository and commit are not known, or a file is there already and
 * would change without `force`: nothing is written then
 */
export async function runInit({ folder, force, action }: InitOptions): Promise<Outcome> {
  // `.git` is a folder, or a file in a linked work tree.
  await access(join(folder, '.git')).catch(() => {
    throw new UserError(`${folder}: not the root of a git repository; run this command in the root`);
  });
  const uses = action === undefined ? await actionOfClone(packageRoot()) : checkedAction(action);
  const models = ((await git(folder, ['ls-files', '-z', '--', '*.onnx'])) ?? '')
    .split('\0')
    .filter((path) => path !== '');
  const branch = await defaultBranch(folder);
  const files = models.length > 0 ? await gateFiles(models, await hasLargeFiles(folder, models)) : await searchFiles();
  const wanted = files.map(({ to, text }) => ({
    to,
    text: text.replace(placeholder.action, uses).replace(placeholder.branch, `branches: [${JSON.stringify(branch)}]`),
  }));
  const differing: File[] = [];
  for (const file of wanted) {
    const found = await readOptional(join(folder, file.to));
    if (found && found.toString('utf8') !== file.text && !force)
      throw new UserError(`${file.to}: exists, so nothing was written; --force overwrites it`);
    if (found?.toString('utf8') !== file.text) differing.push(file);
  }
  for (const { to, text } of differing) await writeFileAtomic(join(folder, to), text);
  const written = differing.map(({ to }) => to);
  const next = [
    ...(models.length > 0
      ? []
      : [`In ${workflow}: name the folder of your data.`, `In ${recipe}: set input and budgets.`]),
    'Commit, push, and open a pull request.',
  ];
  const summary = [
    ...(written.length > 0 ? written.map((to) => `wrote ${to}`) : ['Everything was there already.']),
    `Its pushes are those to ${branch}; if that is not the branch that pull requests are merged into, change it.`,
    models.length > 0 ? `It gates ${models.slice(0, mostModels).join(', ')}, by ${uses}.` : `It searches, by ${uses}.`,
    '',
    'Next:',
    ...next.map((step, i) => `${i + 1}. ${step}`),
  ].join('\n');
  return { exitCode: ExitCode.pass, summary, json: { written, next, models, uses, branch } };
}

const packaged = (path: string): Promise<string> => readFile(join(packageRoot(), path), 'utf8');

/** Whether Git LFS keeps a model's content. */
async function hasLargeFiles(folder: string, models: readonly string[]): Promise<boolean> {
  const filters = await git(folder, ['check-attr', '-z', 'filter', '--', ...models.slice(0, mostModels)]);
  return filters?.split('\0').includes('lfs') ?? false;
}

/** The checkout of a workflow fetches what Git LFS keeps, of the commit and of the one that it is compared with. */
const withLargeFiles = (text: string): string =>
  text
    .replace(/^( *)fetch-depth: 0.*$/m, '$&\n$1lfs: true # the models are kept by Git LFS')
    .replace(
      /^( *)- uses: OWNER/m,
      '$1- run: git lfs fetch origin HEAD^1 # the models of the base; in a private repository the checkout keeps its credentials for it\n$1  continue-on-error: true\n$&',
    );

async function gateFiles(models: readonly string[], lfs: boolean): Promise<File[]> {
  const plain = await packaged('docs/workflows/pull-request.yml');
  const text = lfs ? withLargeFiles(plain) : plain;
  const [line = ''] = text.split('\n').filter((candidate) => candidate.includes(placeholder.model));
  const indent = ' '.repeat(line.indexOf('model:'));
  const [first] = models;
  const listed =
    models.length === 1
      ? `${indent}model: ${JSON.stringify(first)}`
      : [`${indent}model: |`, ...models.slice(0, mostModels).map((model) => `${indent}  ${model}`)].join('\n');
  return [{ to: workflow, text: text.replace(line, () => `${listed}`) }];
}

async function searchFiles(): Promise<File[]> {
  const text = await packaged('search/recipes/pr.yaml');
  return [
    { to: workflow, text: await packaged('docs/workflows/search.yml') },
    { to: recipe, text: text.replace('$schema=../../schemas/', '$schema=./') },
    { to: schema, text: await packaged('schemas/recipe.schema.json') },
  ];
}

function checkedAction(action: string): string {
  if (actionForm.test(action)) return action;
  throw new UserError(`--action ${action}: must be OWNER/NAME@COMMIT, the repository of this tool and a commit of it`);
}

/**
 * The Action's repository and commit, of the clone that this runs from.
 * @throws UserError when it is not a clone, or its commit is on no remote
 */
async function actionOfClone(root: string): Promise<string> {
  const advice = 'give --action OWNER/NAME@COMMIT, the repository of this tool and a commit of it';
  const top = await git(root, ['rev-parse', '--show-toplevel']);
  // Where the tool is installed inside a repository of the user, git answers for the user's repository.
  if (top === undefined || (await realpath(top)) !== (await realpath(root)))
    throw new UserError(`this is not a clone of the Action's repository, so its owner is not known; ${advice}`);
  const remote = (await git(root, ['remote', 'get-url', 'origin'])) ?? '';
  const [, owner, name] = /[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(remote) ?? [];
  const commit = await git(root, ['rev-parse', 'HEAD']);
  if (!owner || !name || !commit) throw new UserError(`the clone ${root} has no remote origin; ${advice}`);
  if (!(await git(root, ['branch', '--remotes', '--contains', commit])))
    throw new UserError(
      `commit ${commit.slice(0, 7)} of the clone ${root} is on no branch of its remote; push it, or ${advice}`,
    );
  return `${owner}/${name}@${commit}`;
}

/** The branch that pull requests are merged into, as the remote says, or else the one that is checked out. */
async function defaultBranch(folder: string): Promise<string> {
  const remote = await git(folder, ['symbolic-ref', '--short', 'refs/remotes/origin/HEAD']);
  return remote?.replace(/^origin\//, '') ?? (await git(folder, ['symbolic-ref', '--short', 'HEAD'])) ?? 'main';
}

/** What git writes, without the newline at its end; undefined where it fails. */
async function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)('git', args, { cwd: folder, maxBuffer: 2 ** 26 })).stdout.trimEnd();
  } catch {
    return undefined;
  }
}
