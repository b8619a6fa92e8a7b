// Adoption: the workflow and the recipe that a repository starts with, copied from the ones that are documented and tested here.
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode, UserError } from '../../lib/errors.ts';
import { readOptional, writeFileAtomic } from '../../lib/files.ts';
import { packageRoot } from '../../lib/package-root.ts';
import type { InitOptions, Outcome } from '../options.ts';

const recipe = '.github/proxyless-ci/pr.yaml';

/** What is written, and the file of this package that it is a copy of. */
const files = [
  { to: '.github/workflows/proxyless-ci.yml', from: 'docs/workflows/pull-request.yml' },
  { to: recipe, from: 'search/recipes/pr.yaml' },
  { to: '.github/proxyless-ci/recipe.schema.json', from: 'schemas/recipe.schema.json' },
] as const;

const next = [
  'In .github/workflows/proxyless-ci.yml: put the Action in place of OWNER/proxyless-ci@COMMIT_SHA, and your default branch if it is not main.',
  'In the same file: name your data folder, or set model to judge an ONNX file that you commit.',
  `In ${recipe}: set input and budgets. Editors complete the file with the schema beside it.`,
  'Commit, and open a pull request.',
];

/**
 * Writes the workflow, the recipe and the recipe's schema into the repository at `folder`.
 * @throws UserError when it is not the root of a repository, or when a file is there already and would change without `force`: nothing is written then
 */
export async function runInit({ folder, force }: InitOptions): Promise<Outcome> {
  // A folder, or a file in a linked work tree.
  await access(join(folder, '.git')).catch(() => {
    throw new UserError(`${folder}: not the root of a git repository; run this command in the root`);
  });
  const wanted = await Promise.all(
    files.map(async ({ to, from }) => {
      const text = await readFile(join(packageRoot(), from), 'utf8');
      return { to, text: text.replace('$schema=../../schemas/', '$schema=./') };
    }),
  );
  const differing: typeof wanted = [];
  for (const file of wanted) {
    const found = await readOptional(join(folder, file.to));
    if (found && found.toString('utf8') !== file.text && !force)
      throw new UserError(`${file.to}: exists, so nothing was written; --force overwrites it`);
    if (found?.toString('utf8') !== file.text) differing.push(file);
  }
  for (const { to, text } of differing) await writeFileAtomic(join(folder, to), text);
  const written = differing.map(({ to }) => to);
  const summary = [
    ...(written.length > 0 ? written.map((to) => `wrote ${to}`) : ['Nothing to write: all files exist.']),
    '',
    'Next:',
    ...next.map((step, i) => `${i + 1}. ${step}`),
  ].join('\n');
  return { exitCode: ExitCode.pass, summary, json: { written, next } };
}
