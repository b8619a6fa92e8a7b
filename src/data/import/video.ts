// Frames of a video, by ffmpeg where it is installed.
import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../lib/errors.ts';

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
  const pattern = join(folder, `${stem}-%05d.jpg`);
  // -n: a frame that is there already is not overwritten.
  const input = ['-nostdin', '-loglevel', 'error', '-n', '-i', video];
  try {
    await promisify(execFile)('ffmpeg', [...input, '-vf', `fps=1/${every}`, '-q:v', '2', pattern], { signal });
  } catch (error) {
    signal.throwIfAborted();
    const { code, stderr = '' } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT')
      throw new UserError('ffmpeg: not installed, or not in PATH; it takes the frames from videos');
    throw new UserError(`${video}: ffmpeg cannot read it: ${stderr.trim().split('\n').at(-1)}`);
  }
  const frames = (await readdir(folder)).filter((name) => !before.has(name) && name.endsWith('.jpg')).sort();
  if (frames.length === 0) throw new UserError(`${video}: gave no frame; give a shorter --every`);
  return frames.map((name) => name.slice(0, -4));
}
