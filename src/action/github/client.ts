// GitHub's REST API with patience: @actions/github (proxies of self-hosted runners included) with Octokit's plugins for retries and rate limits.
import { randomUUID } from 'node:crypto';
import { defaults, GitHub, getOctokitOptions } from '@actions/github/lib/utils';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';

/** Where and as whom to call. */
export interface ApiAccess {
  readonly token: string;
  /** GITHUB_API_URL. */
  readonly apiUrl: string;
  /** Retries wait 1, 4 and 9 of these, rate limits the seconds that GitHub names times this over 1000; tests shorten it. Default 1000. */
  readonly secondMs?: number | undefined;
  /** Milliseconds after which a request is given up and tried again. Default 30,000. */
  readonly timeoutMs?: number | undefined;
}

/** What a repository's name is made of. @param repository OWNER/REPO */
export function ownerAndName(repository: string): { readonly owner: string; readonly repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

/** How often a request is tried again, and how long a rate limit is waited for. */
const retries = 3;
const longestWaitSeconds = 120;

const silent = (): void => {};

/** The statuses that trying again does not change; 429 is the throttling plugin's, which waits as long as GitHub says. */
const final = [400, 401, 403, 404, 410, 422, 429, 451];

/**
 * A client. 5xx, broken and slow connections are tried again three times, rate limits after the time that the answer names, if that is within
 * two minutes. It logs nothing.
 */
export function createClient({ token, apiUrl, secondMs = 1000, timeoutMs = 30_000 }: ApiAccess) {
  const waits = (retryAfterSeconds: number, _options: object, _client: object, retryCount: number): boolean =>
    retryAfterSeconds <= longestWaitSeconds && retryCount < retries;
  const options = getOctokitOptions(token, {
    baseUrl: apiUrl,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: wholeFetch(timeoutMs) },
    retry: { doNotRetry: final, retries, retryAfterBaseValue: secondMs },
    throttle: {
      // The plugin spaces out what all clients of one id write.
      id: randomUUID(),
      retryAfterBaseValue: secondMs,
      onRateLimit: waits,
      onSecondaryRateLimit: waits,
    },
  });
  return new (GitHub.plugin(retry, throttling))(options);
}

export type Client = ReturnType<typeof createClient>;

/**
 * fetch with the whole body read: a connection that breaks or stalls in the middle of an answer then fails like one that never answered, and is
 * tried again; Octokit on its own takes a broken body for an empty one.
 */
function wholeFetch(timeoutMs: number): typeof fetch {
  const through = defaults.request?.fetch as typeof fetch;
  return async (url, init) => {
    const response = await through(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    const body = await response.arrayBuffer();
    const { status, statusText } = response;
    return new Response(body.byteLength > 0 ? body : null, { status, statusText, headers: [...response.headers] });
  };
}
