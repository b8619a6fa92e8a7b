// Whether an int8 network is worth having in place of its float32 one: on this machine, as measured.
import { points } from './accuracy.ts';

/** The largest loss of mIoU, from 0 to 1, at which int8 is recommended. */
const largestLoss = 0.005;

/** The smallest gain of latency that is worth another file, and another rounding of every value. */
const leastGain = 0.03;

export interface Int8Findings {
  /** Median latency of int8 over that of float32, less 1, and its 95 % interval. */
  readonly change: number;
  readonly interval: readonly [number, number];
  /** mIoU of int8 less that of float32; undefined where they were not scored. */
  readonly miouChange: number | undefined;
}

/** Recommended only where int8 is certainly faster, by 3 % or more, and was seen to lose at most half a point. */
export function judgeInt8({ change, interval, miouChange }: Int8Findings): {
  readonly recommended: boolean;
  readonly reason: string;
} {
  const share = (value: number): string => `${(100 * Math.abs(value)).toFixed(1)} %`;
  const speed =
    interval[1] < 0
      ? `${share(change)} faster than float32 on this machine`
      : interval[0] > 0
        ? `${share(change)} slower than float32 on this machine`
        : 'not certainly faster than float32 on this machine';
  if (miouChange === undefined)
    return {
      recommended: false,
      reason: `int8 is ${speed}; its accuracy was not measured, as there are no photos in val.`,
    };
  const little =
    interval[1] < 0 && interval[1] > -leastGain ? ', which may be less than 3 % and too little to change for' : '';
  const recommended = interval[1] <= -leastGain && miouChange >= -largestLoss;
  return { recommended, reason: `int8 is ${speed}${little}, at ${points(miouChange)} of mIoU.` };
}
