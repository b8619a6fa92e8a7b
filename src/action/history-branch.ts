// The permanent history of a branch's results: a JSON file on a branch of the repository, with a page beside it that draws it. It is written through
// GitHub's contents API, so that no checkout of that branch is needed, and only by runs on the default branch.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { entrySchema, type HistoryEntry } from '../contracts/history.ts';
import { parseJson } from '../lib/files.ts';
import { pageAssets } from '../lib/page-assets.ts';
import { historyPage } from '../report/html.ts';
import { withEntry } from '../verdict/trend.ts';
import { type ApiAccess, type Client, createClient, ownerAndName } from './github/client.ts';
import { failureStatus } from './github/failures.ts';

/** Entries of a subject that are kept: some years of merges. */
const mostKept = 5000;
/** Attempts to write: of runs that end at the same moment, one writes and the others try again. */
const attempts = 5;

const fileSchema = z.object({
  schema: z.literal('proxyless-ci/histories@1'),
  /** By what results are about. */
  subjects: z.record(z.string(), z.object({ title: z.string(), entries: z.array(entrySchema).max(mostKept) })),
});
type Histories = z.output<typeof fileSchema>;

export interface HistoryPlace extends ApiAccess {
  readonly repository: string;
  readonly branch: string;
  /** Folder of the branch. */
  readonly folder: string;
}

export interface HistorySubject {
  readonly id: string;
  /** `models/a.onnx, 160 x 160`. */
  readonly title: string;
}

interface Stored {
  readonly text: string;
  readonly sha: string;
}

/** The entries of a subject, oldest first; none where there is no such branch or file. @throws what the API fails with */
export async function readHistory(place: HistoryPlace, { id }: HistorySubject): Promise<readonly HistoryEntry[]> {
  const stored = await read(createClient(place), place, 'history.json');
  return stored ? (historiesOf(stored.text).subjects[id]?.entries ?? []) : [];
}

/** Adds an entry, and the page where it is missing or of another version. @throws what the API fails with */
export async function addToHistory(place: HistoryPlace, subject: HistorySubject, entry: HistoryEntry): Promise<void> {
  const client = createClient(place);
  const page = historyPage(await pageAssets('history'));
  for (let attempt = 1; ; attempt++) {
    try {
      const stored = await read(client, place, 'history.json');
      const text = withAdded(stored && historiesOf(stored.text), subject, entry);
      await write(client, place, 'history.json', text, stored);
      const shown = await read(client, place, 'index.html');
      if (shown?.text !== page) await write(client, place, 'index.html', page, shown);
      return;
    } catch (error) {
      // 409: another run has written meanwhile. 422: another run has created the file or the branch meanwhile.
      if (![409, 422].includes(failureStatus(error) ?? 0) || attempt === attempts) throw error;
      await sleep((place.secondMs ?? 1000) * attempt);
    }
  }
}

const historiesOf = (text: string): Histories => parseJson(text, 'history.json', fileSchema);

/** Adds an entry, which replaces that of the same commit on the same machine. */
function withAdded(histories: Histories | undefined, { id, title }: HistorySubject, entry: HistoryEntry): string {
  const subjects = histories?.subjects ?? {};
  const entries = withEntry(subjects[id]?.entries ?? [], entry, mostKept);
  const file: Histories = { schema: 'proxyless-ci/histories@1', subjects: { ...subjects, [id]: { title, entries } } };
  return `${JSON.stringify(file)}\n`;
}

const contentSchema = z.object({ content: z.string(), encoding: z.string(), sha: z.string() });

async function read(
  client: Client,
  { repository, branch, folder }: HistoryPlace,
  name: string,
): Promise<Stored | undefined> {
  const { owner, repo } = ownerAndName(repository);
  try {
    const path = `${folder}/${name}`;
    const where = { owner, repo, path, ref: branch, mediaType: { format: 'object' } };
    const { content, encoding, sha } = contentSchema.parse((await client.rest.repos.getContent(where)).data);
    // Of files above 1 MiB this has the hash alone.
    const encoded =
      encoding === 'base64' ? content : (await client.rest.git.getBlob({ owner, repo, file_sha: sha })).data.content;
    return { text: Buffer.from(encoded, 'base64').toString('utf8'), sha };
  } catch (error) {
    if (failureStatus(error) === 404) return undefined;
    throw error;
  }
}

async function write(
  client: Client,
  place: HistoryPlace,
  name: string,
  text: string,
  stored: Stored | undefined,
): Promise<void> {
  const { repository, branch, folder } = place;
  const { owner, repo } = ownerAndName(repository);
  const path = `${folder}/${name}`;
  const message = `proxyless-ci: ${name}`;
  const content = Buffer.from(text).toString('base64');
  try {
    const sha = stored ? { sha: stored.sha } : {};
    await client.rest.repos.createOrUpdateFileContents({ owner, repo, path, branch, message, content, ...sha });
  } catch (error) {
    if (failureStatus(error) !== 404 || stored) throw error;
    await createBranch(client, place, { path, text, message });
  }
}

/** A branch of its own history, with one file. */
async function createBranch(
  client: Client,
  { repository, branch }: HistoryPlace,
  { path, text, message }: { path: string; text: string; message: string },
): Promise<void> {
  const { owner, repo } = ownerAndName(repository);
  const { git } = client.rest;
  const tree = await git.createTree({ owner, repo, tree: [{ path, mode: '100644', type: 'blob', content: text }] });
  const commit = await git.createCommit({ owner, repo, message, tree: tree.data.sha, parents: [] });
  await git.createRef({ owner, repo, ref: `refs/heads/${branch}`, sha: commit.data.sha });
}
