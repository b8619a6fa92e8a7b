// What `segment` prints with --json.

/** What a photo or video may become. */
export const pictureKinds = ['mask', 'overlay', 'cutout', 'composite'] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** Mean milliseconds of one photo or frame. */
export interface StageTimes {
  readonly decode: number;
  readonly resize: number;
  readonly network: number;
  readonly steady: number;
  readonly matte: number;
  readonly compose: number;
  readonly encode: number;
}

export interface SegmentedFile {
  readonly input: string;
  readonly outputs: readonly string[];
  readonly width: number;
  readonly height: number;
  /** 1 for a photo. */
  readonly frames: number;
  /** Mean of alpha: how much of the picture is person. */
  readonly personShare: number;
}

export interface Segmentation {
  readonly model: string;
  readonly threads: number;
  /** How the model is read. */
  readonly reading: string;
  readonly files: readonly SegmentedFile[];
  readonly frames: number;
  readonly ms: StageTimes;
  /** Photos or frames a second, all stages one after the other. */
  readonly fps: number;
}
