// The one comment that a pull request gets: found by its marker among the comments of whoever the token belongs to, and updated in place.
import { z } from 'zod';
import { commentMarker, commentRun, shortenComment, stateLine } from '../../report/comment.ts';
import { type ApiAccess, type Client, createClient, ownerAndName } from './client.ts';
import { allowedLength, explainFailure, failureStatus } from './failures.ts';

export type CommentPolicy = 'always' | 'on-change' | 'on-fail' | 'never';

export interface PublishOptions extends ApiAccess {
  /** `owner/name`. */
  readonly repository: string;
  readonly pullRequest: number;
  /** Markdown that begins with the marker of `key`. */
  readonly body: string;
  readonly key: string;
  /**
   * `on-change`: updates only where the state line differs. `on-fail`: comments only when the run failed; a comment of a previous run that
   * failed is still updated, so that it does not go on saying so.
   */
  readonly policy: CommentPolicy;
  readonly failed: boolean;
}

/** What became of the comment. `refused` is for a warning: a comment never fails a job. */
export type CommentOutcome =
  | { readonly state: 'created' | 'updated' | 'unchanged' | 'superseded' | 'skipped' }
  | { readonly state: 'refused'; readonly warning: string };

/**
 * Creates or updates the comment; a comment that a newer run of other commits has written stays. Where two runs create one each at the same time, both
 * then see both: the older comment stays, with the text of the later run, and the other is deleted.
 */
export async function publishComment(options: PublishOptions): Promise<CommentOutcome> {
  if (options.policy === 'never') return { state: 'skipped' };
  try {
    return { state: await publish(options) };
  } catch (error) {
    const intent = `comment on pull request ${options.pullRequest} of ${options.repository}`;
    return { state: 'refused', warning: explainFailure(error, intent, options.token) };
  }
}

const commentSchema = z.object({
  id: z.int(),
  body: z.string().default(''),
  // A deleted account is null.
  user: z.object({ login: z.string() }).nullable(),
});
type Comment = z.output<typeof commentSchema>;

async function publish(options: PublishOptions): Promise<Exclude<CommentOutcome['state'], 'refused'>> {
  const { body, policy, failed } = options;
  const calls = commentCalls(createClient(options), options);
  const marked = await calls.listMarked();
  const [first, ...duplicates] = marked.length > 0 ? ownedBy(await calls.login(), marked) : [];
  if (!first) {
    if (policy === 'on-fail' && !failed) return 'skipped';
    const created = await calls.create(body);
    return (await settle(calls, created, body)) ? 'updated' : 'created';
  }
  await calls.remove(duplicates);
  if (isOlder(body, first.body)) return 'superseded';
  const state = stateLine(body);
  const same = policy === 'on-change' && state !== undefined && stateLine(first.body) === state;
  if (same || first.body === body) return 'unchanged';
  await calls.update(first, body);
  return 'updated';
}

/** After creating: if an older comment of this Action has appeared meanwhile, it gets the text and the new one is deleted. @returns whether that was so */
async function settle(calls: CommentCalls, created: Comment, body: string): Promise<boolean> {
  const own = ownedBy(created.user?.login, await calls.listMarked());
  const [first, ...duplicates] = own;
  if (!first || first.id >= created.id) return false;
  await calls.update(first, body);
  await calls.remove(duplicates);
  return true;
}

/** Whether a text is of an older run than another, of another commit: an old run that is run again. */
function isOlder(text: string, than: string): boolean {
  const [ours, theirs] = [commentRun(text), commentRun(than)];
  return ours !== undefined && theirs !== undefined && ours.id < theirs.id && ours.head !== theirs.head;
}

/** Oldest first. Logins with brackets, `github-actions[bot]`, cannot be registered by people, so that no one can pass for an app. */
function ownedBy(login: string | undefined, comments: readonly Comment[]): Comment[] {
  return comments.filter(({ user }) => user !== null && user.login === login).sort((a, b) => a.id - b.id);
}

type CommentCalls = ReturnType<typeof commentCalls>;

/** The calls, each for this pull request. */
function commentCalls(client: Client, { repository, pullRequest, key }: PublishOptions) {
  const { owner, repo } = ownerAndName(repository);
  const { issues } = client.rest;
  const marker = commentMarker(key);
  return {
    /** All pages; only comments that begin with the marker, not those that quote it. */
    async listMarked(): Promise<Comment[]> {
      const query = { owner, repo, issue_number: pullRequest, per_page: 100 };
      const comments = await client.paginate(issues.listComments, query);
      return checked(z.array(commentSchema), comments, 'listing comments').filter(({ body }) =>
        body.startsWith(marker),
      );
    },

    /** Whose token it is. REST's /user refuses the tokens of apps, GITHUB_TOKEN among them; GraphQL tells everyone. */
    async login(): Promise<string> {
      const answer = await client.graphql('query { viewer { login } }');
      return checked(z.object({ viewer: z.object({ login: z.string() }) }), answer, 'who am I').viewer.login;
    },

    async create(body: string): Promise<Comment> {
      const { data } = await fitting(body, (text) =>
        issues.createComment({ owner, repo, issue_number: pullRequest, body: text }),
      );
      return checked(commentSchema, data, 'creating a comment');
    },

    async update({ id }: Comment, body: string): Promise<void> {
      await fitting(body, (text) => issues.updateComment({ owner, repo, comment_id: id, body: text }));
    },

    /** Another run may have removed them already. */
    async remove(comments: readonly Comment[]): Promise<void> {
      for (const { id } of comments) {
        try {
          await issues.deleteComment({ owner, repo, comment_id: id });
        } catch (error) {
          if (failureStatus(error) !== 404) throw error;
        }
      }
    },
  };
}

/** Sends a text; once more, shortened, where GitHub says that it is too long. */
async function fitting<T>(body: string, send: (text: string) => Promise<T>): Promise<T> {
  try {
    return await send(body);
  } catch (error) {
    const allowed = allowedLength(error);
    if (allowed === undefined) throw error;
    return send(shortenComment(body, allowed < body.length ? allowed : body.length / 2));
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (!result.success)
    throw new Error(`GitHub's answer to ${what} is not what its API describes; is there a proxy in between?`);
  return result.data;
}
