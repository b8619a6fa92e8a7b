// The report of a run as a page at an address of this machine: there, the run's networks can be tried on photos, videos and the camera.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { PageModel, PageTry } from '../../contracts/page.ts';
import { readResult } from '../../contracts/result.ts';
import { readOptionalTable } from '../../latency/table-file.ts';
import { ExitCode, UserError } from '../../lib/errors.ts';
import { readOptional } from '../../lib/files.ts';
import { normalization } from '../../lib/normalization.ts';
import { htmlReport, type PageAssets, pagePolicy } from '../../report/html.ts';
import { readModelFile } from '../model-file.ts';
import type { Outcome, ServeOptions } from '../options.ts';
import { pageAssets, pageData, readPhotos } from '../page.ts';

/** The files of ONNX Runtime Web that the page loads. */
const runtimeFiles = ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'] as const;

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  wasm: 'application/wasm',
  onnx: 'application/octet-stream',
};

/** What is sent under a path. */
interface Resource {
  readonly type: string;
  body(): Promise<Uint8Array | string>;
}

/** @throws UserError when the folder has no result, a model was not made here, or ONNX Runtime Web is not installed */
export async function runServe({ run, models, port, progress, signal }: ServeOptions): Promise<Outcome> {
  const { server, address } = await startServer({ run, models, port });
  progress.note(`${address} shows ${run}; Ctrl-C ends it`);
  if (!signal.aborted) await once(signal, 'abort');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { exitCode: ExitCode.pass, summary: `${address} has ended`, json: { run, address } };
}

/** Starts to serve a run's page on the loopback interface. */
export async function startServer({
  run,
  models,
  port,
}: Pick<ServeOptions, 'run' | 'models' | 'port'>): Promise<{ readonly server: Server; readonly address: string }> {
  const assets = await pageAssets();
  const resources = await resourcesOf(run, models, assets);
  const policy = pagePolicy(assets, true);
  const server = createServer((request, response) => {
    answer(request, response, resources, policy).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(port, '127.0.0.1');
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([error]) => {
      throw new UserError(`port ${port}: ${(error as Error).message}; give another --port`);
    }),
  ]);
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

async function answer(
  { method, url = '/' }: IncomingMessage,
  response: ServerResponse,
  resources: ReadonlyMap<string, Resource>,
  policy: string,
): Promise<void> {
  const resource = resources.get(url.split('?', 1)[0]!);
  const headers = {
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // Threads of WebAssembly need memory that is shared, and pages get it only when they are isolated.
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
  };
  if (method !== 'GET' || !resource) {
    response.writeHead(method === 'GET' ? 404 : 405, headers).end();
    return;
  }
  const body = await resource.body();
  response.writeHead(200, { ...headers, 'content-type': resource.type }).end(body);
}

async function resourcesOf(run: string, extra: readonly string[], assets: PageAssets): Promise<Map<string, Resource>> {
  const result = await readResult(join(run, 'result.json'));
  const table = await readOptionalTable(join(run, 'latency-table.json'));
  const photos = await readPhotos(run, result);
  const own = join(run, 'model.onnx');
  const files = [...((await readOptional(own)) ? [own] : []), ...extra];
  const resources = new Map<string, Resource>();
  const models: PageModel[] = [];
  for (const [index, file] of files.entries()) {
    const url = `/models/${index}.onnx`;
    models.push(await pageModel(file, url));
    resources.set(url, { type: types.onnx!, body: () => readFile(file) });
  }
  const folder = models.length > 0 ? runtimeFolder() : undefined;
  if (folder)
    for (const name of runtimeFiles)
      resources.set(`/runtime/${name}`, {
        type: types[name.split('.').at(-1)!]!,
        body: () => readFile(join(folder, name)),
      });
  const tryIt: PageTry = { models, runtimeUrl: `/runtime/${runtimeFiles[0]}`, wasmFolder: '/runtime/' };
  const page = htmlReport({ ...pageData(result, { table, photos }), tryIt }, assets);
  resources.set('/', { type: types.html!, body: async () => page });
  return resources;
}

/** @throws UserError when the model was not exported by this tool: the page knows one kind of input and output */
async function pageModel(file: string, url: string): Promise<PageModel> {
  const { architecture, input } = await readModelFile(file);
  if (!architecture)
    throw new UserError(`${file}: was not exported by this tool, and the page runs no others; leave out --model`);
  const { mean, std } = normalization;
  return { name: architecture.name, url, ...input, inputName: 'image', outputName: 'probability', mean, std };
}

/** Where ONNX Runtime Web is installed. It is large and for this alone, so that it does not come with the tool. */
function runtimeFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
  } catch {
    throw new UserError(
      'serve: ONNX Runtime Web is not installed; npm install onnxruntime-web@1.30.0, then serve again',
    );
  }
}
