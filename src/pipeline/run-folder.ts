// The folder of a run: every stage's artifacts, a log, who works in it (a lock) and what it is a run of (run.json).
// A folder is reopened only by the same run, which then resumes; nothing in another's folder is ever overwritten.
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { errorCode, explainFileError, readJson, writeJson } from '../lib/files.ts';

/** What makes two runs the same: hash of the recipe, fingerprint of the data, version of the tool ... */
export type RunIdentity = Readonly<Record<string, string | number>>;

export interface RunFolder {
  readonly path: string;
  readonly identity: RunIdentity;
  /** Whether an earlier process began this run. */
  readonly resumed: boolean;
  readonly latencyTable: string;
  /** What derivation found. */
  readonly ranking: string;
  readonly architecture: string;
  readonly model: string;
  readonly int8Model: string;
  readonly result: string;
  readonly report: string;
  /** The file of a checkpoint by its name. */
  checkpoint(name: string): string;
  /** The folder of a teacher's maps. */
  teacher(key: string): string;
  /** Appends a line, with the time, to log.txt. */
  log(line: string): void;
  /** Removes what a run that cannot go on has written, so that its folder does not stand in the way of the next one; nothing where a stage has begun. */
  abandon(): Promise<void>;
  /** Lets other processes have the folder. */
  close(): Promise<void>;
}

const runSchema = z.object({
  schema: z.literal('proxyless-ci/run@1'),
  identity: z.record(z.string(), z.union([z.string(), z.number()])),
});
const lockSchema = z.object({ pid: z.int(), host: z.string(), started: z.string() });
type Lock = z.infer<typeof lockSchema>;

const runFile = 'run.json';
const lockFile = 'run.lock';
/** A killed process may take a moment to go: a new one waits for its lock this long. */
const lockWaitMs = 3000;

/**
 * Creates the folder of a run, or reopens it when it is of the same run.
 * @throws UserError when it holds another run (naming the fields that differ) or other files, or another process works in it
 */
export async function openRunFolder(path: string, identity: RunIdentity): Promise<RunFolder> {
  const names = await prepare(path);
  const known = names.includes(runFile);
  const foreign = names.filter((name) => name !== lockFile && !name.endsWith('.tmp'));
  if (!known && foreign.length > 0) {
    throw new UserError(
      `${path}: not empty and not the folder of a run (it holds ${foreign[0]}); choose another --out`,
    );
  }
  // Before the lock, so that a mistaken --out leaves no trace.
  if (known) await checkIdentity(path, identity);
  const unlock = await acquireLock(path);
  try {
    await removeLeftovers(path);
    if (!known) await writeJson(join(path, runFile), { schema: 'proxyless-ci/run@1', identity });
    else await checkIdentity(path, identity);
  } catch (error) {
    await unlock();
    throw error;
  }
  return {
    path,
    identity,
    resumed: known,
    latencyTable: join(path, 'latency-table.json'),
    ranking: checkpointIn(path, 'ranking.json'),
    architecture: join(path, 'architecture.json'),
    model: join(path, 'model.onnx'),
    int8Model: join(path, 'model-int8.onnx'),
    result: join(path, 'result.json'),
    report: join(path, 'report.md'),
    checkpoint: (name) => checkpointIn(path, name),
    teacher: (key) => join(path, 'teacher', key),
    log(line) {
      try {
        appendFileSync(join(path, 'log.txt'), `${new Date().toISOString()} ${line}\n`);
      } catch (error) {
        // A full disk stops a run where an artifact is lost, not for a line of the log.
        if (errorCode(error) !== 'ENOSPC' && errorCode(error) !== 'EDQUOT')
          throw explainFileError(error, join(path, 'log.txt'), 'write');
      }
    },
    async abandon() {
      const checkpoints = join(path, 'checkpoints');
      // Empty where the measuring of the table kept its rounds until it was done.
      const kept = (await readdir(path)).includes('checkpoints') ? await readdir(checkpoints) : [];
      if (kept.length > 0) return;
      await rm(checkpoints, { recursive: true, force: true });
      // The identity last: until then the folder is this run's.
      const tables = (await readdir(path)).filter((name) => /^latency-table.*\.json$/.test(name));
      for (const name of [...tables, 'log.txt', runFile]) await rm(join(path, name), { force: true });
    },
    close: unlock,
  };
}

async function prepare(path: string): Promise<string[]> {
  try {
    await mkdir(path, { recursive: true });
    return await readdir(path);
  } catch (error) {
    const reasons: Record<string, string> = {
      EEXIST: 'it is a file',
      ENOTDIR: 'a part of the path is a file',
      EACCES: 'permission denied',
      EROFS: 'the file system is read-only',
      ENOSPC: 'no space left on the disk',
    };
    const reason = reasons[errorCode(error) ?? ''];
    throw reason ? new UserError(`cannot use ${path} as the run folder: ${reason}; choose another --out`) : error;
  }
}

/** Where a run folder has the checkpoint of a name. */
export const checkpointIn = (path: string, name: string): string => join(path, 'checkpoints', name);

/**
 * Checks that a folder is of a run.
 * @param advice what the error says to do
 * @throws UserError when it is of another (naming the fields that differ) or of none
 */
export async function checkIdentity(
  path: string,
  identity: RunIdentity,
  advice = 'choose another --out',
): Promise<void> {
  const { identity: found } = await readJson(join(path, runFile), runSchema);
  const fields = [...new Set([...Object.keys(found), ...Object.keys(identity)])];
  const differing = fields.filter((field) => found[field] !== identity[field]);
  if (differing.length === 0) return;
  const list = differing.map((f) => `${f} (there ${found[f] ?? 'none'}, now ${identity[f] ?? 'none'})`).join(', ');
  throw new UserError(`${path}: holds another run; what differs: ${list}; ${advice}`);
}

/** Temporary files of writes that a killed process did not finish. */
async function removeLeftovers(path: string): Promise<void> {
  for (const folder of [path, join(path, 'checkpoints')]) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((n) => n.endsWith('.tmp'))) await rm(join(folder, name), { force: true });
  }
}

/** Takes the lock and returns what gives it back. */
async function acquireLock(path: string): Promise<() => Promise<void>> {
  const file = join(path, lockFile);
  const mine = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    started: await startTime(process.pid),
  } satisfies Lock);
  const deadline = performance.now() + lockWaitMs;
  for (;;) {
    if (await createExclusive(file, mine)) {
      return async () => {
        if ((await readFile(file, 'utf8').catch(() => '')) === mine) await rm(file, { force: true });
      };
    }
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const holder = parseLock(text);
    if (!holder || (await isGone(holder))) await removeStale(file, text);
    else if (performance.now() > deadline) {
      const where = holder.host === hostname() ? '' : ` on ${holder.host}; if that one is gone, delete ${file}`;
      throw new UserError(`${path}: process ${holder.pid} is working in this run folder${where}`);
    } else await sleep(100);
  }
}

/** Creates a file with its whole content at once, or returns false where it exists. */
async function createExclusive(file: string, text: string): Promise<boolean> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text);
    await link(temporary, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw explainFileError(error, file, 'write');
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Removes a stale lock, unless another process has replaced it meanwhile. */
async function removeStale(file: string, text: string): Promise<void> {
  const aside = `${file}.${randomUUID()}.tmp`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== text) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}

function parseLock(text: string): Lock | undefined {
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whether the process that holds a lock has ended. Nothing is known about processes of another host. */
async function isGone(holder: Lock): Promise<boolean> {
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
  return (await startTime(holder.pid)) !== holder.started;
}

/** When a process started, as Linux tells it (field 22 of /proc/PID/stat): numbers of processes are used again. Empty elsewhere. */
async function startTime(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
