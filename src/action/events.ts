// What set the workflow off, and what the Action does then.
import { join } from 'node:path';
import { z } from 'zod';
import { nearestName, UserError } from '../lib/errors.ts';
import { readJson } from '../lib/files.ts';
import type { Inputs } from './inputs.ts';

/** The event, as far as the Action looks at it. */
export interface Event {
  /** GITHUB_EVENT_NAME. */
  readonly name: string;
  readonly pullRequest?:
    | { readonly number: number; readonly head: string; readonly labels: readonly string[]; readonly fromFork: boolean }
    | undefined;
  /** The pull request that a merge queue would merge. */
  readonly queued?: number | undefined;
  /** What the head is compared with; `forced` where a forced push removed it from the branch. */
  readonly base?: { readonly sha: string; readonly branch: string; readonly forced?: true } | undefined;
  /** The branch that the workflow runs on; none for a pull request, a tag or a merge queue. */
  readonly branch?: string | undefined;
  /** The commit that figures are of: a pull request's own, not the merge that GitHub makes of it. */
  readonly head?: string | undefined;
  readonly defaultBranch?: string | undefined;
}

/** What is to be done. */
export type Work =
  | {
      readonly mode: 'gate';
      readonly models: readonly string[];
      readonly recipe?: string | undefined;
      readonly data?: Data;
    }
  | { readonly mode: 'search'; readonly recipe: string; readonly data: Exclude<Data, undefined> }
  | { readonly mode: 'table'; readonly recipe: string };

type Data = Inputs['data'];

const sha = z.string().regex(/^[0-9a-f]{40,64}$/);
/** Null where a fork was deleted. */
const repository = z.object({ full_name: z.string() }).nullish();
const pullRequest = z.object({
  number: z.int().min(1),
  head: z.object({ sha, repo: repository }),
  base: z.object({ sha, ref: z.string(), repo: repository }),
  labels: z.array(z.object({ name: z.string() })).default([]),
});
const payloadSchema = z.object({
  pull_request: pullRequest.optional(),
  merge_group: z
    .object({ base_sha: sha, base_ref: z.string(), head_sha: sha, head_ref: z.string().optional() })
    .optional(),
  before: sha.optional(),
  forced: z.boolean().optional(),
  repository: z.object({ default_branch: z.string().optional() }).optional(),
});

/** At `workflow_run` the Action only comments. */
const knownEvents = [
  'pull_request',
  'merge_group',
  'push',
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
  'workflow_run',
];

const insteadOf: Readonly<Record<string, string>> = {
  pull_request_target:
    'its token may write, and the Action would run files of whoever opened the pull request; use pull_request, and for comments on pull requests ' +
    'from forks the pair docs/workflows/fork-measure.yml and fork-comment.yml',
  issue_comment: "let the comment run the pull request's own workflow again, as docs/workflows/on-comment.yml does",
};

/** @throws UserError for an event that the Action does not know, with what to use instead */
function checkEvent(name: string): void {
  if (knownEvents.includes(name)) return;
  const known = knownEvents.filter((event) => event !== 'workflow_run');
  const nearest = nearestName(name, known);
  const instead = insteadOf[name] ?? `it runs on ${known.join(', ')}${nearest ? `; did you mean ${nearest}?` : ''}`;
  throw new UserError(`the Action does not run on ${name}: ${instead}`);
}

/**
 * The event that the runner describes in GITHUB_EVENT_NAME and GITHUB_EVENT_PATH.
 * @throws UserError when it does not, the event is not one of those that the Action knows, or a pull request's event has no pull request
 */
export async function loadEvent(environment: NodeJS.ProcessEnv): Promise<Event> {
  const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_SHA: commit } = environment;
  if (!name || !path)
    throw new UserError(
      'GITHUB_EVENT_NAME and GITHUB_EVENT_PATH are not set: the Action runs in a workflow only; elsewhere use the command line, node dist/cli.js',
    );
  checkEvent(name);
  const payload = await readJson(path, payloadSchema);
  const { pull_request: pull, merge_group: group, repository } = payload;
  if (name === 'pull_request' && !pull)
    throw new UserError(
      `${path}: event ${name} without a pull_request; was the event's file changed by an earlier step?`,
    );
  const branch = /^refs\/heads\/(?!gh-readonly-queue\/)(.+)$/.exec(environment.GITHUB_REF ?? '')?.[1];
  return {
    name,
    pullRequest: pull && pullRequestOf(pull),
    ...queuedOf(group?.head_ref),
    base: pull
      ? { sha: pull.base.sha, branch: pull.base.ref }
      : group
        ? { sha: group.base_sha, branch: group.base_ref.replace(/^refs\/heads\//, '') }
        : pushBase(branch, payload),
    branch: pull ? undefined : branch,
    head: pull?.head.sha ?? group?.head_sha ?? commit,
    // A schedule's event has no repository, and runs on the default branch alone.
    defaultBranch: repository?.default_branch ?? (name === 'schedule' ? branch : undefined),
  };
}

function pullRequestOf({ number, head, base, labels }: z.output<typeof pullRequest>): Event['pullRequest'] {
  const fromFork = head.repo?.full_name !== base.repo?.full_name;
  return { number, head: head.sha, labels: labels.map(({ name }) => name), fromFork };
}

/** The branch of a merge queue is called `gh-readonly-queue/main/pr-7-` and the base's commit. */
function queuedOf(ref = ''): Pick<Event, 'queued'> {
  const number = /\/gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]+$/.exec(ref)?.[1];
  return number === undefined ? {} : { queued: Number(number) };
}

/** What stood on a branch before a push; nothing where the branch is new. */
function pushBase(branch: string | undefined, { before, forced }: z.output<typeof payloadSchema>): Event['base'] {
  if (!branch || !before || /^0+$/.test(before)) return undefined;
  return { sha: before, branch, ...(forced ? { forced } : {}) };
}

/** Whether a run judges what is to be merged into a branch. */
export const isProposal = ({ name }: Event): boolean => name === 'pull_request' || name === 'merge_group';

/**
 * What to do at an event. `auto`: models that are given are judged. Otherwise a pull request, a merge queue or a push searches by the short recipe `pr`;
 * pull requests and merge queues are compared with the result of the push. A push without data only makes the latency table. A schedule or a dispatch
 * searches by `nightly`.
 * @throws UserError when inputs that this needs are missing
 */
export function chooseWork(inputs: Inputs, event: Event): Work {
  const { models, data } = inputs;
  const isPush = event.name === 'push';
  const mode = inputs.mode !== 'auto' ? inputs.mode : models ? 'gate' : isPush && !data ? 'table' : ('search' as const);
  if (mode === 'gate') {
    checkFolders(models!);
    return { mode, models: models!, recipe: inputs.recipe, data };
  }
  const recipe = inputs.recipe ?? (isProposal(event) || isPush ? 'pr' : 'nightly');
  if (mode === 'table') return { mode, recipe };
  if (!data)
    throw new UserError(
      `input: data: on ${event.name}, mode ${inputs.mode} searches, which needs a data folder or archive; or give model to judge an ONNX file`,
    );
  return { mode, recipe, data };
}

/** @throws UserError when the results of two models would lie in one folder */
function checkFolders(models: readonly string[]): void {
  const folders = models.map((model) => gateFolder('', model, false));
  const i = folders.findIndex((folder, at) => folders.indexOf(folder) < at);
  if (i >= 0)
    throw new UserError(
      `input: model: the results of ${models[folders.indexOf(folders[i]!)]} and ${models[i]} would lie in one folder, ${folders[i]}; rename one`,
    );
}

/** Where a gate leaves its result: the run folder, or of several models a folder in it for each. */
export function gateFolder(out: string, model: string, only: boolean): string {
  return only ? out : join(out, model.replaceAll(/[^\w.-]/g, '_'));
}
