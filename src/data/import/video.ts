// Frames of a video, by ffmpeg where it is installed.
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { UserError } from '../../lib/errors.ts';
import { readOptional } from '../../lib/files.ts';
import { runFfmpeg } from '../video.ts';

/**
 * Writes frames of a video as JPEGs, one every so often, in seconds, into a folder of their own.
 * @returns their IDs, in order
 * @throws UserError where ffmpeg is missing or cannot read the video
 */
export async function extractFrames(
  video: string,
  { folder, every, signal }: { readonly folder: string; readonly every: number; readonly signal: AbortSignal },
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const stem = basename(video, extname(video)).replaceAll(/[^\w.+-]+/g, '_');
  // A percent sign in the folder's name is not the frame counter.
  const pattern = `${folder.replaceAll('%', '%%')}/${stem}-%05d.jpg`;
  const args = ['-v', 'error', '-nostdin', '-i', `file:${video}`, '-vf', `fps=1/${every}`, '-q:v', '2'];
  await runFfmpeg([...args, `file:${pattern}`], video, signal);
  const frames = (await readdir(folder)).filter((name) => name.endsWith('.jpg')).sort();
  if (frames.length === 0) throw new UserError(`${video}: gave no frame; give a shorter --every`);
  return frames.map((name) => name.slice(0, -4));
}

/**
 * Moves frames to photos that are there already, of which none is replaced: where another picture has a frame's name, all of them get a number.
 * @returns the frames' IDs there; of frames that are there already, those that they have
 */
export async function addFrames(frames: readonly string[], from: string, to: string): Promise<string[]> {
  const contents = await Promise.all(frames.map((id) => readFile(join(from, `${id}.jpg`))));
  const others = new Set((await readdir(to)).map((name) => basename(name, extname(name))));
  for (let n = 1; ; n++) {
    const ids = n === 1 ? [...frames] : frames.map((id) => id.replace(/-\d+$/, (end) => `-${n}${end}`));
    const isThere = await Promise.all(
      ids.map(async (id, i) => (await readOptional(join(to, `${id}.jpg`)))?.equals(contents[i]!)),
    );
    if (ids.some((id, i) => others.has(id) && !isThere[i])) continue;
    for (const [i, id] of ids.entries())
      if (!isThere[i]) await rename(join(from, `${frames[i]}.jpg`), join(to, `${id}.jpg`));
    return ids;
  }
}
