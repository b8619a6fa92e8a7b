// Videos as streams of frames, through the ffmpeg that is installed. Nothing is fetched and no frame is written to disk.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { UserError } from '../lib/errors.ts';

const videoExtensions = ['.mp4', '.m4v', '.mov', '.mkv', '.webm', '.avi', '.mpg', '.mpeg'];

/** Whether a file's name is that of a video. */
export const isVideo = (path: string): boolean => videoExtensions.includes(extname(path).toLowerCase());

export interface VideoFacts {
  readonly width: number;
  readonly height: number;
  /** As ffmpeg writes it, such as `30000/1001`. Frames are read and written at this rate, whatever their times in the file. */
  readonly frameRate: string;
  /** The codec of its sound; undefined where it has none. */
  readonly sound: string | undefined;
  /** As the file says; undefined where it does not. */
  readonly frames: number | undefined;
}

/**
 * What a video file says of itself.
 * @throws UserError when ffmpeg is not installed, or the file has no picture that it can read
 */
export async function probeVideo(path: string): Promise<VideoFacts> {
  const streamOf = async (streams: string, fields: string): Promise<Record<string, unknown> | undefined> => {
    const args = [
      '-v',
      'error',
      '-select_streams',
      streams,
      '-show_entries',
      fields,
      '-of',
      'json',
      '-i',
      `file:${path}`,
    ];
    const text = await outputOf('ffprobe', args, path);
    return (JSON.parse(text) as { streams?: Record<string, unknown>[] }).streams?.[0];
  };
  const fields = 'stream=width,height,avg_frame_rate,r_frame_rate,nb_frames:stream_side_data=rotation';
  const stream = await streamOf('v:0', fields);
  const sound = await streamOf('a:0', 'stream=codec_name');
  // The mean rate: a file of varying rate keeps its length. `0/0` where it is not known.
  const rate = [stream?.avg_frame_rate, stream?.r_frame_rate].find((one) => /^[1-9]\d*\/[1-9]\d*$/.test(String(one)));
  const side = stream?.side_data_list as { rotation?: number }[] | undefined;
  const turned = Math.abs(side?.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0) % 180 === 90;
  const [width, height] = [Number(stream?.width), Number(stream?.height)];
  if (!(width > 0 && height > 0)) throw new UserError(`${path}: has no picture that ffmpeg can read`);
  const frames = Number(stream?.nb_frames);
  return {
    // ffmpeg turns frames upright by itself.
    width: turned ? height : width,
    height: turned ? width : height,
    frameRate: String(rate ?? '30'),
    sound: sound && String(sound.codec_name),
    frames: Number.isInteger(frames) && frames > 0 ? frames : undefined,
  };
}

/**
 * The frames of a video, each [height * width * 3].
 * @throws UserError when ffmpeg stops at something that it cannot read
 */
export async function* readFrames(path: string, { width, height, frameRate }: VideoFacts): AsyncGenerator<Uint8Array> {
  const args = [
    '-v',
    'error',
    '-nostdin',
    '-i',
    `file:${path}`,
    '-map',
    '0:v:0',
    ...['-r', frameRate],
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-',
  ];
  const decoder = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = endOf(decoder, path);
  // Whoever stops early does not wait for it.
  ended.catch(() => {});
  const size = width * height * 3;
  let frame = new Uint8Array(size);
  let filled = 0;
  try {
    for await (const chunk of decoder.stdout as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        const take = Math.min(chunk.length - at, size - filled);
        frame.set(chunk.subarray(at, at + take), filled);
        filled += take;
        at += take;
        if (filled < size) continue;
        yield frame;
        frame = new Uint8Array(size);
        filled = 0;
      }
    }
    await ended;
  } finally {
    decoder.kill();
  }
}

/** A video that is being written. */
export interface VideoWriter {
  /** @param frame [height * width * 3] */
  write(frame: Uint8Array): Promise<void>;
  /** Ends the file and gives it its name. */
  close(): Promise<void>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}

/** Sound that an MP4 file takes as it is. */
const soundOfMp4 = new Set(['aac', 'mp3', 'ac3', 'eac3', 'opus', 'flac', 'alac']);

/** Begins an H.264 file with the sound of the video that its frames come from. */
export function writeVideo(
  path: string,
  { width, height, frameRate, sound }: VideoFacts,
  soundOf: string,
): VideoWriter {
  const unfinished = `${path}.tmp.mp4`;
  const args = [
    ...['-v', 'error', '-nostdin', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgb24'],
    ...[
      '-s',
      `${width}x${height}`,
      '-r',
      frameRate,
      '-i',
      '-',
      '-i',
      `file:${soundOf}`,
      '-map',
      '0:v:0',
      '-map',
      '1:a?',
    ],
    // Players want even sides, and take HD that does not say its colors for BT.709.
    ...['-vf', 'scale=out_color_matrix=bt709:out_range=tv,pad=ceil(iw/2)*2:ceil(ih/2)*2', '-pix_fmt', 'yuv420p'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...['-c:a', sound === undefined || soundOfMp4.has(sound) ? 'copy' : 'aac', `file:${unfinished}`],
  ];
  const encoder = spawn('ffmpeg', args, { stdio: ['pipe', 'ignore', 'pipe'] });
  const ended = endOf(encoder, path);
  ended.catch(() => {});
  // The reason comes with the end of the process.
  encoder.stdin.on('error', () => {});
  return {
    async write(frame) {
      if (!encoder.stdin.writable) await ended;
      // Where the encoder dies, its last words are the reason, not the closed pipe.
      const drained = (): Promise<unknown> => once(encoder.stdin, 'drain').catch(() => ended);
      if (!encoder.stdin.write(frame)) await Promise.race([drained(), ended]);
    },
    async close() {
      encoder.stdin.end();
      await ended;
      await rename(unfinished, path);
    },
    async abandon() {
      encoder.kill();
      await ended.catch(() => {});
      await rm(unfinished, { force: true });
    },
  };
}

async function outputOf(command: string, args: readonly string[], path: string): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = endOf(child, path);
  ended.catch(() => {});
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) chunks.push(chunk);
  await ended;
  return Buffer.concat(chunks).toString();
}

/**
 * Runs ffmpeg to its end.
 * @param path what its errors are about
 * @throws UserError when it is not installed, or stops at something that it cannot read
 */
export async function runFfmpeg(args: readonly string[], path: string, signal: AbortSignal): Promise<void> {
  const child = spawn('ffmpeg', args, { stdio: ['ignore', 'ignore', 'pipe'], signal });
  try {
    await endOf(child, path);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

interface Child {
  readonly stderr: NodeJS.ReadableStream;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
  on(event: 'close', listener: (code: number | null) => void): unknown;
}

/** Waits for a process to end; its last words are the reason where it fails. */
function endOf(child: Child, path: string): Promise<void> {
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk).slice(-1000);
  });
  return new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(
        error.code === 'ENOENT'
          ? new UserError(`${path}: needs ffmpeg, which is not installed; install it, or give a folder of frames`)
          : error,
      ),
    );
    child.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(new UserError(`${path}: ffmpeg stopped: ${words.trim().split('\n').at(-1) || `exit code ${code}`}`)),
    );
  });
}
