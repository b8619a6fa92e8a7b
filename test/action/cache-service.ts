// A local HTTP server that speaks GitHub's protocols for caches and artifacts for as far as @actions/cache and @actions/artifact do: of the cache version 2, github.com's, with uploads to what stands for
// Azure's blob storage, and version 1, that of GitHub Enterprise Server.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface TwirpRequest {
  readonly key: string;
  readonly restore_keys?: readonly string[];
}
type Newest = (isWanted: (key: string) => boolean) => string | undefined;

export interface CacheService {
  /** What the runner sets where it offers a cache. */
  readonly environment: Readonly<Record<string, string>>;
  /** By key; a test may damage them. */
  readonly entries: Map<string, Buffer>;
  /** Contents of artifacts by name. */
  readonly artifacts: Map<string, string>;
  /** Answers every request so from now on. */
  fail(status: number | undefined): void;
  close(): Promise<void>;
}

/** As the runner's: a signed token that names the run and the job. */
const runtimeToken = ['{}', JSON.stringify({ scp: 'Actions.Results:run-1:job-1' }), 'signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

/** Starts one, empty. */
export async function startCacheService(version: 1 | 2 = 2): Promise<CacheService> {
  const entries = new Map<string, Buffer>();
  const artifacts = new Map<string, string>();
  const blocks = new Map<string, Buffer>();
  const uploads: { key: string; parts: Map<number, Buffer> }[] = [];
  let failure: number | undefined;
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    const answer = (status: number, value?: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(value && JSON.stringify(value));
    };
    const newest = (isWanted: (key: string) => boolean): string | undefined =>
      [...entries.keys()].reverse().find(isWanted);
    const [, artifact] = /ArtifactService\/(\w+)$/.exec(pathname) ?? [];
    const [, method] = /^\/twirp\/github\.actions\.results\.api\.v1\.CacheService\/(\w+)$/.exec(pathname) ?? [];
    const asked = method ? (JSON.parse(body.toString()) as TwirpRequest) : undefined;
    const upload = uploads[Number(/caches\/(\d+)$/.exec(pathname)?.[1]) - 1];
    if (failure !== undefined) answer(failure, { message: 'cache write denied: read-only token' });
    else if (artifact === 'CreateArtifact') {
      const { name } = JSON.parse(body.toString()) as { name: string };
      answer(200, { ok: true, signed_upload_url: `${address}artifacts/${encodeURIComponent(name)}?sig=1` });
    } else if (artifact) answer(200, { ok: true, artifact_id: '77' });
    else if (pathname.startsWith('/artifacts/')) {
      // A small file comes as one blob, or as one block and the list of it.
      if (searchParams.get('comp') !== 'blocklist')
        artifacts.set(decodeURIComponent(pathname.slice(11)), body.toString());
      response.writeHead(201, { etag: '"1"', 'last-modified': new Date().toUTCString(), 'x-ms-request-id': '1' }).end();
    } else if (method && asked) answer(200, twirp(method, asked, newest));
    else if (pathname.startsWith('/upload/')) {
      // As Azure does: one request for a small blob, blocks and their list for a large one.
      const key = decodeURIComponent(pathname.slice(8));
      const block = searchParams.get('blockid');
      if (block) blocks.set(block, body);
      else if (searchParams.get('comp') === 'blocklist') {
        const ids = [...body.toString().matchAll(/<(?:Latest|Uncommitted)>([^<]+)</g)].map(
          ([, id]) => blocks.get(id!)!,
        );
        entries.set(key, Buffer.concat(ids));
      } else entries.set(key, body);
      response.writeHead(201, { etag: '"1"', 'last-modified': new Date().toUTCString(), 'x-ms-request-id': '1' }).end();
    } else if (pathname.startsWith('/archive/')) response.end(entries.get(decodeURIComponent(pathname.slice(9))));
    else if (pathname.endsWith('/cache')) {
      const wanted = searchParams.get('keys')!.split(',');
      const found = newest((key) => wanted.some((prefix) => key.startsWith(prefix)));
      if (found === undefined) answer(204);
      else answer(200, { cacheKey: found, archiveLocation: `${address}archive/${encodeURIComponent(found)}` });
    } else if (upload && request.method === 'PATCH') {
      upload.parts.set(Number(/^bytes (\d+)-/.exec(request.headers['content-range'] ?? '')?.[1]), body);
      answer(204);
    } else if (upload) {
      const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part);
      entries.set(upload.key, Buffer.concat(parts));
      answer(204);
    } else {
      const { key } = JSON.parse(body.toString()) as { key: string };
      if (entries.has(key)) answer(409, { message: 'exists' });
      else answer(201, { cacheId: uploads.push({ key, parts: new Map() }) });
    }
  });
  /** Keys are taken whole or, as restore keys, by their beginnings. */
  function twirp(method: string, { key, restore_keys: prefixes = [] }: TwirpRequest, newest: Newest): object {
    if (method === 'CreateCacheEntry')
      return entries.has(key)
        ? { ok: false, message: 'cache entry with the same key already exists' }
        : { ok: true, signed_upload_url: `${address}upload/${encodeURIComponent(key)}?sig=1` };
    if (method === 'FinalizeCacheEntryUpload') return { ok: entries.has(key), entry_id: '1' };
    const found =
      newest((name) => name === key) ?? newest((name) => prefixes.some((prefix) => name.startsWith(prefix)));
    if (found === undefined) return { ok: false };
    return { ok: true, signed_download_url: `${address}archive/${encodeURIComponent(found)}`, matched_key: found };
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    environment: {
      ACTIONS_RUNTIME_TOKEN: runtimeToken,
      ...(version === 2
        ? { ACTIONS_CACHE_SERVICE_V2: 'true', ACTIONS_RESULTS_URL: address }
        : { ACTIONS_CACHE_URL: address }),
    },
    entries,
    artifacts,
    fail: (status) => {
      failure = status;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
