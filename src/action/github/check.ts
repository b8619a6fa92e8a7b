// A check run beside the job's own: the report as its text, and annotations on the model's file in the pull request's diff.
import { shortenComment } from '../../report/comment.ts';
import { type ApiAccess, createClient, ownerAndName } from './client.ts';
import { explainFailure } from './failures.ts';

export interface CheckAnnotation {
  readonly path: string;
  readonly level: 'failure' | 'warning';
  readonly title: string;
  readonly message: string;
}

export interface CheckOptions extends ApiAccess {
  /** `owner/name`. */
  readonly repository: string;
  readonly name: string;
  /** The commit that was measured. */
  readonly head: string;
  readonly conclusion: 'success' | 'failure' | 'neutral';
  /** The verdict's sentence. */
  readonly title: string;
  /** The report, Markdown. */
  readonly body: string;
  readonly annotations: readonly CheckAnnotation[];
}

/** GitHub's bounds: of a check's text in characters, of its title, and annotations in one request. */
const maxText = 65_535;
const maxTitle = 255;
const maxAnnotations = 50;

/** Writes the check run. @returns a warning where GitHub refuses it: it never fails a job */
export async function publishCheck(options: CheckOptions): Promise<string | undefined> {
  const { repository, name, head, conclusion, title, body, annotations, token } = options;
  const { owner, repo } = ownerAndName(repository);
  try {
    await createClient(options).rest.checks.create({
      owner,
      repo,
      name,
      head_sha: head,
      status: 'completed',
      conclusion,
      output: {
        title: title.slice(0, maxTitle),
        summary: body.length > maxText ? shortenComment(body, maxText) : body,
        // GitHub takes none without a file, which a recipe that comes with this tool has not.
        annotations: annotations
          .filter(({ path }) => path)
          .slice(0, maxAnnotations)
          .map(({ path, level, title: heading, message }) => ({
            path,
            start_line: 1,
            end_line: 1,
            annotation_level: level,
            title: heading,
            message,
          })),
      },
    });
    return undefined;
  } catch (error) {
    return explainFailure(error, `write a check run of ${repository}`, token, 'checks: write');
  }
}
