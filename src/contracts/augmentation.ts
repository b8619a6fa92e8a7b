// Random changes of training photos, as a recipe gives them.

/** Strengths of the random changes of a training sample. Zero (and scale [1, 1]) leaves the sample as it is. */
export interface Augmentation {
  /** Range of the crop's area as a share of the photo's; above 1 the photo is shrunk into a margin of no label. */
  readonly scale: readonly [min: number, max: number];
  /** Largest change of the crop's width to height ratio, as a share: 0.1 is 1/1.1 to 1.1. */
  readonly aspect: number;
  /** Probability of a left-right flip. */
  readonly flip: number;
  /** Largest side of the one erased rectangle, as a share of the input's sides. Its labels stay. */
  readonly cutout: number;
  /** Largest brightness shift, as a share of the full range. */
  readonly brightness: number;
  /** Largest contrast change about mid-gray: factor 1 - contrast to 1 + contrast. */
  readonly contrast: number;
  /** Largest gain of each color channel by itself: factor 1 - color to 1 + color. */
  readonly color: number;
  /** Largest share of a 3 x 3 binomial blur mixed in, or taken out (sharpening). */
  readonly blur: number;
  /** Probability that the background is replaced by a part of another training photo that shows nobody. */
  readonly background: number;
}

export const defaultAugmentation: Augmentation = {
  scale: [0.35, 1.2],
  aspect: 0.15,
  flip: 0.5,
  cutout: 0.3,
  brightness: 0.2,
  contrast: 0.25,
  color: 0.08,
  blur: 0.7,
  background: 0,
};
