// What set the workflow off, and what the Action does then.
import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { readJson } from '../lib/files.ts';
import type { Archive, Inputs } from './inputs.ts';

/** The event, as far as the Action looks at it. */
export interface Event {
  /** GITHUB_EVENT_NAME. */
  readonly name: string;
  readonly pullRequest?: { readonly number: number } | undefined;
  /** What the head is compared with. */
  readonly base?: { readonly sha: string; readonly branch: string } | undefined;
  /** The branch that the workflow runs on; none for a pull request, a tag or a merge queue. */
  readonly branch?: string | undefined;
}

/** What is to be done. */
export type Work =
  | { readonly mode: 'gate'; readonly model: string; readonly recipe?: string | undefined; readonly data?: Data }
  | { readonly mode: 'search'; readonly recipe: string; readonly data: Exclude<Data, undefined> }
  | { readonly mode: 'table'; readonly recipe: string };

type Data = string | Archive | undefined;

const sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const pullRequest = z.object({
  number: z.int().min(1),
  base: z.object({ sha, ref: z.string() }),
});
const payloadSchema = z.object({
  pull_request: pullRequest.optional(),
  merge_group: z.object({ base_sha: sha, base_ref: z.string() }).optional(),
  before: sha.optional(),
});

const pullRequestEvents = ['pull_request', 'pull_request_target'];

/**
 * The event that the runner describes in GITHUB_EVENT_NAME and GITHUB_EVENT_PATH.
 * @throws UserError when it does not, or a pull request's event has no pull request
 */
export async function loadEvent(environment: NodeJS.ProcessEnv): Promise<Event> {
  const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path } = environment;
  if (!name || !path)
    throw new UserError(
      'GITHUB_EVENT_NAME and GITHUB_EVENT_PATH are not set: the Action runs in a workflow only; elsewhere use npx proxyless-ci',
    );
  const payload = await readJson(path, payloadSchema);
  const { pull_request: pull, merge_group: group, before } = payload;
  if (pullRequestEvents.includes(name) && !pull)
    throw new UserError(
      `${path}: event ${name} without a pull_request; was the event's file changed by an earlier step?`,
    );
  const branch = /^refs\/heads\/(?!gh-readonly-queue\/)(.+)$/.exec(environment.GITHUB_REF ?? '')?.[1];
  return {
    name,
    pullRequest: pull && { number: pull.number },
    base: pull
      ? { sha: pull.base.sha, branch: pull.base.ref }
      : group
        ? { sha: group.base_sha, branch: group.base_ref.replace(/^refs\/heads\//, '') }
        : branch && before && !/^0+$/.test(before)
          ? { sha: before, branch }
          : undefined,
    branch: pull ? undefined : branch,
  };
}

/**
 * What to do at an event. `auto`: a model that is given is judged; else a pull request (or a merge queue) runs the short recipe `pr`, a
 * schedule or a dispatch a search by `nightly`, and a push makes the latency table that pull requests of the same recipe find in the cache.
 * @throws UserError when inputs that this needs are missing
 */
export function chooseWork(inputs: Inputs, event: Event): Work {
  const { model, data } = inputs;
  const isPullRequest = pullRequestEvents.includes(event.name) || event.name === 'merge_group';
  const mode =
    inputs.mode !== 'auto' ? inputs.mode : model ? 'gate' : event.name === 'push' ? 'table' : ('search' as const);
  if (mode === 'gate') return { mode, model: model!, recipe: inputs.recipe, data };
  const recipe = inputs.recipe ?? (isPullRequest || event.name === 'push' ? 'pr' : 'nightly');
  if (mode === 'table') return { mode, recipe };
  if (!data)
    throw new UserError(
      `input: data: on ${event.name}, mode ${inputs.mode} searches, which needs a data folder or archive; or give model to judge an ONNX file`,
    );
  return { mode, recipe, data };
}
