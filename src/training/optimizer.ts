// SGD with Nesterov momentum and AdamW over the parameters that a step activated; schedules of the learning rate; averaging.

import type { Executor } from '../autodiff/executor.ts';
import type { Parameters } from '../autodiff/parameters.ts';

export interface OptimizerSpec {
  readonly kind: 'sgd' | 'adamw';
  readonly learningRate: number;
  readonly weightDecay: number;
  /** SGD's Nesterov momentum, AdamW's first beta; its second is 0.999. */
  readonly momentum: number;
}

export interface ScheduleSpec {
  readonly kind: 'one-cycle' | 'cosine';
  /** Share of all steps that the rate rises for. */
  readonly warmUp: number;
}

export interface Optimizer {
  /** Updates the named parameters by their gradients, and their state. Nothing else changes. */
  step(names: Iterable<string>, learningRate: number): void;
  /** State by name (`<parameter>:first`, `<parameter>:second`, and step counts), for a checkpoint; not copied. */
  state(): Map<string, Float32Array>;
}

interface Slot {
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Updates this parameter has had: a supernet's parameters are not all updated at every step. */
  readonly count: Float32Array;
}

const beta2 = 0.999;
const epsilon = 1e-8;

/** The part of an executor that updates use. */
type Updater = Pick<Executor, 'backend' | 'threads'>;

/**
 * @param restored a state taken earlier, to go on from
 */
export function createOptimizer(
  spec: OptimizerSpec,
  parameters: Parameters,
  { backend, threads }: Updater,
  restored: ReadonlyMap<string, Float32Array> = new Map(),
): Optimizer {
  const slots = new Map<string, Slot>();
  const slot = (name: string, length: number): Slot => {
    const known = slots.get(name);
    if (known) return known;
    const take = (part: string, size: number): Float32Array =>
      restored.get(`${name}:${part}`) ?? new Float32Array(size);
    const made = {
      first: take('first', length),
      second: take('second', spec.kind === 'adamw' ? length : 0),
      count: take('count', 1),
    };
    slots.set(name, made);
    return made;
  };
  return {
    step(names, learningRate) {
      const updates: Record<'w' | 'g' | 'first' | 'second', Float32Array>[] = [];
      const settings: number[] = [];
      const updated = new Set<string>();
      for (const name of names) {
        const { parameter, gradient } = parameters.update(name);
        const { name: shared, data, shape, trainable } = parameter;
        if (!trainable) continue;
        if (updated.has(shared)) throw new Error(`${name} is to be updated twice in a step, as ${shared}`);
        updated.add(shared);
        const state = slot(shared, data.length);
        state.count[0]!++;
        // Weight decay is for matrices and filters: batch norm's scale and shift and biases are left alone, as usual.
        const decay = shape.length > 1 ? spec.weightDecay : 0;
        if (spec.kind === 'sgd') nesterov(data, gradient, state.first, learningRate, decay, spec.momentum);
        else {
          updates.push({ w: data, g: gradient, first: state.first, second: state.second });
          settings.push(...adamSettings(spec.momentum, state.count[0]!, learningRate, decay));
        }
      }
      const list = (part: 'w' | 'g' | 'first' | 'second'): Float32Array[] => updates.map((update) => update[part]);
      if (updates.length > 0)
        backend.adamW(threads, list('w'), list('g'), list('first'), list('second'), Float32Array.from(settings));
    },
    state() {
      // Slots that this run has not touched yet are still the restored ones.
      const result = new Map(restored);
      for (const [name, s] of slots)
        result.set(`${name}:first`, s.first).set(`${name}:second`, s.second).set(`${name}:count`, s.count);
      return result;
    },
  };
}

/** Nesterov momentum as in Sutskever et al. 2013, in the form of PyTorch's SGD: w -= lr (g + m v) with v = m v + g. */
function nesterov(
  w: Float32Array,
  g: Float32Array,
  v: Float32Array,
  rate: number,
  decay: number,
  momentum: number,
): void {
  for (let i = 0; i < w.length; i++) {
    const gradient = g[i]! + decay * w[i]!;
    const velocity = momentum * v[i]! + gradient;
    v[i] = velocity;
    w[i]! -= rate * (gradient + momentum * velocity);
  }
}

/** AdamW (Loshchilov and Hutter 2019): decay apart from the gradient, bias-corrected moments. The numbers of `KernelsLibrary.adamW`. */
function adamSettings(beta1: number, count: number, rate: number, decay: number): number[] {
  const scale = rate / (1 - beta1 ** count);
  const secondScale = 1 / Math.sqrt(1 - beta2 ** count);
  return [beta1, beta2, epsilon, 1 - rate * decay, scale, secondScale];
}

/**
 * The learning rate of step `step` of `steps`, as a multiple of the peak. One-cycle (Smith and Topin 2018, cosine form): from 1/25 up
 * to 1 over the warm-up, then down to 1/250,000. Cosine: linear warm-up from 1 / (warm-up steps + 1), then down to 0.
 */
export function scheduleAt(spec: ScheduleSpec, step: number, steps: number): number {
  const warm = Math.round(spec.warmUp * steps);
  const falling = (from: number, to: number, share: number): number =>
    to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
  const after = steps - warm > 1 ? (step - warm) / (steps - warm) : 1;
  if (spec.kind === 'one-cycle') return step < warm ? falling(1 / 25, 1, step / warm) : falling(1, 1 / 250_000, after);
  return step < warm ? (step + 1) / (warm + 1) : falling(1, 0, after);
}

/** An exponential moving average of named tensors: average += (1 - decay) (value - average). */
export interface WeightAverage {
  update(): void;
  /** The averages by name; not copied. */
  values(): Map<string, Float32Array>;
}

/**
 * @param decay 0 keeps nothing of earlier values. After n updates it is at most (1 + n) / (10 + n), so that the average forgets the initial weights soon
 * @param updatesSoFar updates that `restored` has had
 */
export function createAverage(
  decay: number,
  parameters: Parameters,
  { backend, threads }: Updater,
  updatesSoFar = 0,
  restored: ReadonlyMap<string, Float32Array> = new Map(),
): WeightAverage {
  const averages = new Map(restored);
  let updates = updatesSoFar;
  return {
    update() {
      const kept = Math.min(decay, (1 + updates) / (10 + updates));
      updates++;
      const to: Float32Array[] = [];
      const from: Float32Array[] = [];
      for (const { name, data } of parameters.all()) {
        const average = averages.get(name);
        if (average) {
          to.push(average);
          from.push(data);
        } else averages.set(name, Float32Array.from(data));
      }
      backend.moveToward(threads, to, from, 1 - kept);
    },
    values: () => averages,
  };
}
