// How a training goes, small enough to keep with its checkpoint: mean losses of equal stretches, and a few scores on photos that it does not train on.
import { z } from 'zod';

/** The most stretches that a training is cut into, and the most times that it is scored. */
const stretches = 100;
const scorings = 8;

/** Pairs of a step and the value there. */
export interface Curve {
  /** Mean loss of the steps since the pair before. */
  readonly losses: [step: number, loss: number][];
  readonly mious: [step: number, miou: number][];
}

/** A curve with the stretch that is not full yet. Checkpoints of older versions have no curve: it then starts at the step where training goes on. */
export const curveStateSchema = z
  .object({
    losses: z.array(z.tuple([z.int(), z.number()])),
    mious: z.array(z.tuple([z.int(), z.number()])),
    pending: z.object({ sum: z.number(), steps: z.int() }),
  })
  .default(() => ({ losses: [], mious: [], pending: { sum: 0, steps: 0 } }));
export type CurveState = z.output<typeof curveStateSchema>;

/** Notes the loss of a step, counted from 1. */
export function noteLoss(curve: CurveState, step: number, steps: number, loss: number): void {
  const { pending } = curve;
  pending.sum += loss;
  pending.steps++;
  if (step % Math.ceil(steps / stretches) > 0 && step < steps) return;
  curve.losses.push([step, rounded(pending.sum / pending.steps)]);
  curve.pending = { sum: 0, steps: 0 };
}

/** Whether the weights are scored after a step: a few times, and at the end. */
export const isScored = (step: number, steps: number): boolean =>
  step % Math.ceil(steps / scorings) === 0 || step === steps;

/** Notes a score after a step. */
export function noteScore(curve: CurveState, step: number, miou: number): void {
  curve.mious.push([step, rounded(miou)]);
}

/** Five digits: a chart does not show more. */
const rounded = (value: number): number => Number(value.toPrecision(5));
