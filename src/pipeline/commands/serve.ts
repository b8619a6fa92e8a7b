// The report of a run as a page at an address of this machine: there, the run's networks can be tried on photos, videos and the camera.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { PageModel, PageTry } from '../../contracts/page.ts';
import { type Result, readResult } from '../../contracts/result.ts';
import { readOptionalTable } from '../../latency/table-file.ts';
import { ExitCode, UserError } from '../../lib/errors.ts';
import { normalization } from '../../lib/normalization.ts';
import { type PageAssets, pageAssets } from '../../lib/page-assets.ts';
import { loadArchitecture } from '../../network/architecture.ts';
import { deployArchitecture } from '../../network/deploy.ts';
import { htmlReport, pagePolicy } from '../../report/html.ts';
import { trainedWeights } from '../../training/loop.ts';
import { readModelFile } from '../model-file.ts';
import type { Outcome, ServeOptions } from '../options.ts';
import { pageData, readPhotos } from '../page.ts';
import { checkpointIn } from '../run-folder.ts';
import { latencyTableFile } from '../stages/sizes.ts';
import { trainingCheckpoint } from '../stages/train.ts';

/** The modules of ONNX Runtime Web that the page loads, and the files that those load. */
const runtimes = { wasm: 'ort.wasm.min.mjs', webgpu: 'ort.webgpu.min.mjs' } as const;
const runtimeFiles = [
  ...Object.values(runtimes),
  ...['ort-wasm-simd-threaded', 'ort-wasm-simd-threaded.asyncify'].flatMap((name) => [`${name}.mjs`, `${name}.wasm`]),
];

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

/** @throws UserError when the folder has no result, a model was not exported by this tool, or ONNX Runtime Web is not installed */
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
  const assets = await pageAssets('report');
  const resources = await resourcesOf(run, models, assets);
  const policy = pagePolicy(assets, true);
  const server = createServer((request, response) => {
    answer(request, response, resources, policy).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(port, '127.0.0.1');
  // Rejects with the server's error where it has one first.
  await once(server, 'listening').catch((error: Error) => {
    throw new UserError(`port ${port}: ${error.message}; give another --port`);
  });
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

async function answer(
  { method, url = '/', headers: { host = '' }, socket }: IncomingMessage,
  response: ServerResponse,
  resources: ReadonlyMap<string, Resource>,
  policy: string,
): Promise<void> {
  // A page elsewhere may have its name point to this machine: what it then asks for carries that name. Port 80 is left out.
  const { localPort: at } = socket;
  const own = ['127.0.0.1', 'localhost'].some((name) => host === `${name}:${at}` || (at === 80 && host === name));
  if (!own) {
    response.writeHead(403).end();
    return;
  }
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
  const body = await resource.body().catch((error: Error) => error);
  if (body instanceof Error) {
    response.writeHead(500, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(body.message);
    return;
  }
  response.writeHead(200, { ...headers, 'content-type': resource.type }).end(body);
}

async function resourcesOf(run: string, extra: readonly string[], assets: PageAssets): Promise<Map<string, Resource>> {
  const result = await readResult(join(run, 'result.json'));
  const table = await readOptionalTable(latencyTableFile(run, result.architecture?.input));
  const photos = await readPhotos(run, result);
  const resources = new Map<string, Resource>();
  const models: PageModel[] = [];
  for (const [index, { name, body }] of (await networksOf(run, result, extra)).entries()) {
    const url = `/models/${index}.onnx`;
    models.push({ name, url, ...normalization });
    resources.set(url, { type: types.onnx!, body });
  }
  const folder = runtimeFolder();
  for (const name of runtimeFiles)
    resources.set(`/runtime/${name}`, {
      type: types[name.split('.').at(-1)!]!,
      body: () => readFile(join(folder, name)),
    });
  const urls = { wasm: `/runtime/${runtimes.wasm}`, webgpu: `/runtime/${runtimes.webgpu}` };
  const tryIt: PageTry = { models, runtimes: urls, wasmFolder: '/runtime/' };
  const page = htmlReport({ ...pageData(result, { table, photos }), tryIt }, assets);
  resources.set('/', { type: types.html!, body: async () => page });
  return resources;
}

/** A network that the page can run. */
interface Served {
  readonly name: string;
  body(): Promise<Uint8Array>;
}

/** The run's own networks, the baselines that it trained, and files. */
async function networksOf(run: string, { networks, input }: Result, extra: readonly string[]): Promise<Served[]> {
  // The network of the run with its int8 form, and the networks under other limits, `model-NAME.onnx`.
  const own = (await readdir(run)).filter((name) => /^model\b.*\.onnx$/.test(name)).sort((a, b) => a.length - b.length);
  const served: Served[] = [];
  for (const file of [...own.map((name) => join(run, name)), ...extra]) {
    const { architecture, name } = await readModelFile(file);
    if (!architecture)
      throw new UserError(`${file}: was not exported by this tool; leave out --model and choose the file in the page`);
    const isFirst = file === join(run, 'model.onnx');
    served.push({ name: isFirst ? architecture.name : `${architecture.name} (${name})`, body: () => readFile(file) });
  }
  for (const { name } of networks.filter(({ role }) => role === 'baseline')) {
    const checkpoint = checkpointIn(run, trainingCheckpoint(name));
    if (!existsSync(checkpoint)) continue;
    // An architecture from the recipe's own file is not found by its name: the run folder does not hold that file.
    const architecture = await loadArchitecture(name).catch(() => undefined);
    if (!architecture) continue;
    const size = architecture.input ?? input;
    served.push({ name, body: async () => deployArchitecture(architecture, await trainedWeights(checkpoint), size) });
  }
  return served;
}

/** Where ONNX Runtime Web is installed. It is large and only this command needs it, so it does not come with the tool. */
function runtimeFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
  } catch {
    throw new UserError(
      'serve: ONNX Runtime Web is not installed; npm install onnxruntime-web@1.30.0, then serve again',
    );
  }
}
