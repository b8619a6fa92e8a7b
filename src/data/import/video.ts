// Frames of a video, by ffmpeg where it is installed.
import { mkdir, readdir } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { UserError } from '../../lib/errors.ts';
import { runFfmpeg } from '../video.ts';

/**
 * Writes frames of a video as JPEGs, one every so often, in seconds.
 * @returns their IDs, in order
 * @throws UserError where ffmpeg is missing or cannot read the video
 */
export async function extractFrames(
  video: string,
  { folder, every, signal }: { readonly folder: string; readonly every: number; readonly signal: AbortSignal },
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const stem = basename(video, extname(video)).replaceAll(/[^\w.+-]+/g, '_');
  const before = new Set(await readdir(folder));
  // A percent sign in the folder's name is not the frame counter.
  const pattern = `${folder.replaceAll('%', '%%')}/${stem}-%05d.jpg`;
  // -n: a frame that is there already is not overwritten.
  const args = ['-v', 'error', '-nostdin', '-n', '-i', `file:${video}`, '-vf', `fps=1/${every}`, '-q:v', '2'];
  await runFfmpeg([...args, `file:${pattern}`], video, signal);
  const frames = (await readdir(folder)).filter((name) => !before.has(name) && name.endsWith('.jpg')).sort();
  if (frames.length === 0) throw new UserError(`${video}: gave no frame; give a shorter --every`);
  return frames.map((name) => name.slice(0, -4));
}
