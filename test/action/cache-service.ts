// A local HTTP server that speaks GitHub's cache protocol (version 1, that of GitHub Enterprise Server too), for as far as @actions/cache does.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CacheService {
  /** What the runner sets where it offers a cache. */
  readonly environment: Readonly<Record<string, string>>;
  /** By key; a test may damage them. */
  readonly entries: Map<string, Buffer>;
  /** Answers every request so from now on. */
  fail(status: number | undefined): void;
  close(): Promise<void>;
}

/** Starts one, empty. */
export async function startCacheService(): Promise<CacheService> {
  const entries = new Map<string, Buffer>();
  const uploads: { key: string; parts: Map<number, Buffer> }[] = [];
  let failure: number | undefined;
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    const answer = (status: number, value?: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(value && JSON.stringify(value));
    };
    const upload = uploads[Number(/caches\/(\d+)$/.exec(pathname)?.[1]) - 1];
    if (failure !== undefined) answer(failure, { message: 'cache write denied: read-only token' });
    else if (pathname.startsWith('/archive/')) response.end(entries.get(decodeURIComponent(pathname.slice(9))));
    else if (pathname.endsWith('/cache')) {
      const wanted = searchParams.get('keys')!.split(',');
      const found = [...entries.keys()].reverse().find((key) => wanted.some((prefix) => key.startsWith(prefix)));
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
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    environment: { ACTIONS_CACHE_URL: address, ACTIONS_RUNTIME_TOKEN: 'runtime-token' },
    entries,
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
