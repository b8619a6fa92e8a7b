// What went wrong with a call to GitHub, in a sentence for the job's log: it says what to do, and never holds the token.

interface ApiFailure {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Longest part of a server's own words that is repeated. */
const maxWords = 300;

/**
 * The sentence.
 * @param intent what was tried, such as `comment on pull request 7 of owner/name`
 * @param token what must not be in it
 * @param permission that the token may lack
 */
export function explainFailure(
  error: unknown,
  intent: string,
  token: string,
  permission = 'pull-requests: write',
): string {
  const words = oneLine(error instanceof Error ? error.message : String(error), token);
  const failure = apiFailure(error);
  if (!failure) return `could not ${intent}: ${words}`;
  const { status } = failure;
  const said = `could not ${intent}: GitHub answered ${status} (${words})`;
  if (isRateLimit(failure))
    return `${said}; the rate limit was still exceeded after waiting, so the report is in the job summary only`;
  if (status === 401) return `${said}; github-token is wrong or has expired`;
  if (status === 403 || status === 404)
    return (
      `${said}; the token may not do that: give the job "permissions: ${permission}". On pull requests from forks the token is ` +
      'read-only whatever the workflow says: comment from a workflow_run workflow instead. The report is in the job summary'
    );
  if (status >= 500) return `${said} or did not answer, and a retry did not help; the report is in the job summary`;
  return said;
}

/** The longest body that a 422 allows, NaN where it does not tell; undefined where length is not what is wrong. */
export function allowedLength(error: unknown): number | undefined {
  const failure = apiFailure(error);
  if (failure?.status !== 422 || !/too long/i.test(failure.message)) return undefined;
  const maximum = /maximum is ([\d,]+)/.exec(failure.message)?.[1];
  return maximum ? Number(maximum.replaceAll(',', '')) : Number.NaN;
}

/** The HTTP status of a failed call. */
export function failureStatus(error: unknown): number | undefined {
  return apiFailure(error)?.status;
}

function isRateLimit({ status, message, headers }: ApiFailure): boolean {
  return (
    status === 429 || (status === 403 && (headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(message)))
  );
}

/** Octokit's RequestError, whichever copy of its class. */
function apiFailure(error: unknown): ApiFailure | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  const response =
    'response' in error ? (error.response as { headers?: Record<string, unknown> } | undefined) : undefined;
  return { status: error.status, message: error.message, headers: response?.headers ?? {} };
}

/** On one line, short, without the token. */
export function oneLine(text: string, token: string): string {
  const clean = token === '' ? text : text.replaceAll(token, '***');
  return clean.replaceAll(/[\s\p{Cc}]+/gu, ' ').slice(0, maxWords);
}
