// The parameters of all modules that were ever activated, with their gradients. Canonical layout, made on first use from the seed.
import { initializeParameters, moduleParameters } from '../network/count.ts';
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
 * @param sharedName the name under which modules share a parameter, or its own: parameters of one shared name are one
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
  const get = (name: string): Parameter => {
    const parameter = parameters.get(name);
    if (!parameter) throw new Error(`no parameter ${name}`);
    return parameter;
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
        if (known && !sameShape(known.shape, spec.shape))
          throw new Error(`${name} and ${shared} share no shape: ${spec.shape} and ${known.shape}`);
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
    gradient(name) {
      const parameter = get(name);
      const buffer = gradients.get(parameter.name) ?? new Float32Array(parameter.data.length);
      gradients.set(parameter.name, buffer);
      return buffer;
    },
    namesOf: (module) => names.get(module.prefix) ?? [],
    all: () => new Set(parameters.values()),
    restore(values) {
      for (const [name, data] of values) get(name).data.set(data);
    },
    weights: () => new Map([...names.values()].flat().map((name) => [name, get(name).data])),
  };
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((side, i) => side === b[i]);
