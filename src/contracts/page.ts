// What the report page is given: a result with what is drawn beside it. It travels as JSON within the page.
import { z } from 'zod';
import type { Normalization } from '../lib/normalization.ts';
import type { Result } from './result.ts';
import type { HeatMap } from './table-views.ts';

/** A layer of the network in the order of the run, with what the latency table says of its operation. */
export interface PageLayer {
  readonly operation: string;
  readonly in: number;
  readonly out: number;
  /** Sides of its input. */
  readonly height: number;
  readonly width: number;
  readonly stride: number;
  /** Width inside an inverted bottleneck; operations without one ignore it. */
  readonly expanded: number;
  readonly squeezeExcite: boolean;
  /** Absent where the run has no latency table. */
  readonly latencyMs?: number | undefined;
}

/** A picture within the page; nothing else is taken for one. */
const picture = z.string().regex(/^data:image\/(?:webp|png);base64,[A-Za-z0-9+/=]+$/);
const share = z.number().min(0).max(1);

/** File of a run folder with the photos that head does worst and best on. */
export const photosFile = 'photos.json';

export const pagePhotosSchema = z.object({
  schema: z.literal('proxyless-ci/photos@1'),
  photos: z.array(
    z.object({
      id: z.string(),
      group: z.enum(['worst', 'best']),
      miou: share,
      personIou: share,
      /** Of all three pictures. */
      width: z.int().positive(),
      height: z.int().positive(),
      photo: picture,
      /** Where the person is, and where head saw one: a color with transparency around. */
      truth: picture,
      prediction: picture,
    }),
  ),
});
export type PagePhotos = z.output<typeof pagePhotosSchema>['photos'];

/** A network that the page can run. */
export interface PageModel extends Normalization {
  readonly name: string;
  /** Where the page fetches it from. */
  readonly url: string;
}

/** Networks to try, and what runs them; only in a page that `serve` sends. */
export interface PageTry {
  readonly models: readonly PageModel[];
  /** ONNX Runtime Web's modules by what they run on, and the folder of their WebAssembly. */
  readonly runtimes: { readonly wasm: string; readonly webgpu: string };
  readonly wasmFolder: string;
}

export interface PageData {
  readonly result: Result;
  readonly layers: readonly PageLayer[];
  readonly table?: HeatMap | undefined;
  /** What must be said of the result before its figures. */
  readonly warnings: readonly string[];
  /** Budgets as their name, limit, actual value and state. */
  readonly budgets: readonly (readonly string[])[];
  /** mIoU of each network by data set, under a row of headings; empty where there is one set. */
  readonly sets: readonly (readonly string[])[];
  /** Whether the search worked, in sentences; `**` around what is wrong. */
  readonly diagnosis?: readonly string[];
  readonly photos?: PagePhotos | undefined;
  readonly tryIt?: PageTry | undefined;
}
