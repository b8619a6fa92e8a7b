// Where frames come from, and what is drawn of them.
import { h } from './dom.ts';

export type Background = 'blur' | 'color' | 'mask';
export type Source = HTMLVideoElement | ImageBitmap;

/** Width of the picture that is shown, at most; the height follows the source. */
const shownWidth = 640;

/** @throws Error where there is no camera, or it is refused */
export async function openCamera(): Promise<HTMLVideoElement> {
  const video = videoElement();
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } });
  return playing(video);
}

/** Switches a camera off, stops a video, and lets go of what a source holds, which must not be drawn afterwards. */
export function closeSource(source: Source | undefined): void {
  if (!source) return;
  if (source instanceof ImageBitmap) {
    source.close();
    return;
  }
  stopCamera(source);
  source.pause();
  if (!source.src) return;
  URL.revokeObjectURL(source.src);
  source.removeAttribute('src');
  source.load();
}

/** Switches a camera off; does nothing for other sources. */
export function stopCamera(source: Source | undefined): void {
  if (isCamera(source)) for (const track of (source.srcObject as MediaStream).getTracks()) track.stop();
}

/** The video once it plays; closed where it cannot. */
async function playing(video: HTMLVideoElement): Promise<HTMLVideoElement> {
  try {
    await video.play();
    return video;
  } catch (error) {
    closeSource(video);
    throw error;
  }
}

/** What the source shows now, to be closed when it is drawn; a photo is its own frame. */
export const frameOf = async (source: Source): Promise<ImageBitmap> =>
  source instanceof ImageBitmap ? source : createImageBitmap(source);

export const isCamera = (source: Source | undefined): source is HTMLVideoElement =>
  source instanceof HTMLVideoElement && source.srcObject !== null;

/** @throws Error when the file cannot be decoded */
export async function openFile(file: File): Promise<Source> {
  if (!file.type.startsWith('video/')) return createImageBitmap(file);
  const video = videoElement();
  video.loop = true;
  video.src = URL.createObjectURL(file);
  return playing(video);
}

function videoElement(): HTMLVideoElement {
  const video = h('video', { playsinline: true });
  video.muted = true;
  return video;
}

/** Draws a frame as large as its source, with what is behind the person replaced. */
export function drawFrame(
  canvas: HTMLCanvasElement,
  source: ImageBitmap,
  mask: HTMLCanvasElement,
  background: Background,
): void {
  const width = Math.min(shownWidth, source.width);
  const height = Math.round((width * source.height) / source.width);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d')!;
  context.globalCompositeOperation = 'copy';
  context.drawImage(mask, 0, 0, width, height);
  if (background === 'mask') {
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = '#000';
    context.fillRect(0, 0, width, height);
    return;
  }
  // The person alone, then the background below them.
  context.globalCompositeOperation = 'source-in';
  context.drawImage(source, 0, 0, width, height);
  context.globalCompositeOperation = 'destination-over';
  if (background === 'color') {
    context.fillStyle = '#00b140';
    context.fillRect(0, 0, width, height);
    return;
  }
  if ('filter' in context) {
    context.filter = `blur(${Math.round(width / 40)}px)`;
    context.drawImage(source, 0, 0, width, height);
    context.filter = 'none';
    return;
  }
  // Safari has no filters here: a small picture, enlarged.
  const small = h('canvas', { width: Math.ceil(width / 24), height: Math.ceil(height / 24) });
  small.getContext('2d')!.drawImage(source, 0, 0, small.width, small.height);
  (context as CanvasRenderingContext2D).drawImage(small, 0, 0, width, height);
}
