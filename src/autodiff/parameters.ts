// The parameters of all modules that were ever activated, with their gradients. Canonical layout, made on first use from the seed.
import { initializeParameters, moduleParameters, sizeOf } from '../network/count.ts';
import type { NetworkModule, ParameterSpec } from '../network/types.ts';

export interface Parameter {
  /** Where modules share it, the name that all of them know it by. */
  readonly name: string;
  readonly data: Float32Array;
  readonly shape: readonly number[];
  /** false: a running statistic. */
  readonly trainable: boolean;
}

export interface Parameters {
  /** Makes a module's parameters if they are not there yet. Equal seeds give equal values in whatever order modules come. */
  ensure(module: NetworkModule): void;
  /** @throws Error when the parameter was never made */
  get(name: string): Parameter;
  /** The gradient buffer of a parameter. */
  gradient(name: string): Float32Array;
  /**
   * What an update by a parameter's gradient changes: the parameter itself, or the larger one whose middle it is, with a gradient of 0 around the middle.
   */
  update(name: string): { readonly parameter: Parameter; readonly gradient: Float32Array };
  /** Full names of a module's parameters, in order. */
  namesOf(module: NetworkModule): readonly string[];
  all(): Iterable<Parameter>;
  /**
   * Overwrites parameters that are made already.
   * @throws Error when one was never made
   */
  restore(values: ReadonlyMap<string, Float32Array>): void;
  /** The values by every name that a module has for them, not copied. */
  weights(): Map<string, Float32Array>;
}

/**
 * @param inherited values to start from in place of the seed's, such as a supernet's
 * @param sharedName the name under which modules share a parameter, or its own. Parameters of one shared name are one; if their kernels differ in
 * size, the smaller is the middle of the larger, which must be made first
 */
export function createParameters(
  seed: number,
  inherited: ReadonlyMap<string, Float32Array> = new Map(),
  sharedName: (own: string) => string = (own) => own,
): Parameters {
  /** By every name: shared ones stand here several times. */
  const parameters = new Map<string, Parameter>();
  const gradients = new Map<string, Float32Array>();
  const names = new Map<string, readonly string[]>();
  /** Parameters that are the middle of a larger one, by their own name. */
  const middles = new Map<string, { readonly whole: Parameter; readonly places: Int32Array }>();
  const known = (name: string): Parameter => {
    const parameter = parameters.get(name);
    if (!parameter) throw new Error(`no parameter ${name}`);
    return parameter;
  };
  const get = (name: string): Parameter => {
    const parameter = known(name);
    const middle = middles.get(name);
    middle?.places.forEach((place, i) => {
      parameter.data[i] = middle.whole.data[place]!;
    });
    return parameter;
  };
  const gradient = (name: string): Float32Array => {
    const parameter = known(name);
    const buffer = gradients.get(parameter.name) ?? new Float32Array(parameter.data.length);
    gradients.set(parameter.name, buffer);
    return buffer;
  };
  return {
    ensure(module) {
      if (names.has(module.prefix)) return;
      const initial = initializeParameters(module, seed);
      const specs: ParameterSpec[] = moduleParameters(module);
      for (const spec of specs) {
        const name = `${module.prefix}/${spec.name}`;
        const shared = sharedName(name);
        const known = parameters.get(shared);
        if (known && !sameShape(known.shape, spec.shape)) {
          middles.set(name, { whole: known, places: middleOf(known.shape, spec.shape, name) });
          const data = new Float32Array(sizeOf(spec));
          parameters.set(name, { name, data, shape: spec.shape, trainable: spec.trainable });
          continue;
        }
        const data = known?.data ?? Float32Array.from(inherited.get(name) ?? initial.get(name)!);
        const parameter = known ?? { name: shared, data, shape: spec.shape, trainable: spec.trainable };
        parameters.set(name, parameter).set(shared, parameter);
      }
      names.set(
        module.prefix,
        specs.map((spec) => `${module.prefix}/${spec.name}`),
      );
    },
    get,
    gradient,
    update(name) {
      const middle = middles.get(name);
      if (!middle) return { parameter: get(name), gradient: gradient(name) };
      const [own, around] = [gradient(name), gradient(middle.whole.name)];
      around.fill(0);
      middle.places.forEach((place, i) => {
        around[place] = own[i]!;
      });
      return { parameter: middle.whole, gradient: around };
    },
    namesOf: (module) => names.get(module.prefix) ?? [],
    all: () => new Set([...parameters].flatMap(([name, parameter]) => (middles.has(name) ? [] : [parameter]))),
    restore(values) {
      for (const [name, data] of values) get(name).data.set(data);
    },
    weights: () => new Map([...names.values()].flat().map((name) => [name, get(name).data])),
  };
}

/** Where a smaller kernel's values are in a larger one's. @throws Error when the shapes differ in more than odd kernels */
function middleOf(whole: readonly number[], own: readonly number[], name: string): Int32Array {
  const [filters, into, large] = whole as [number, number, number, number];
  const small = own[2]!;
  const margin = (large - small) / 2;
  if (
    !sameShape(own, [filters, into, small, small]) ||
    !sameShape(whole, [filters, into, large, large]) ||
    !(margin > 0 && Number.isInteger(margin))
  )
    throw new Error(`${name}: ${own} is not the middle of ${whole}`);
  const place = (i: number): number => {
    const [filter, row, column] = [Math.floor(i / small ** 2), Math.floor(i / small) % small, i % small];
    return (filter * large + row + margin) * large + column + margin;
  };
  return Int32Array.from({ length: filters * into * small ** 2 }, (_, i) => place(i));
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((side, i) => side === b[i]);
