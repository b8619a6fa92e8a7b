// The parameters of all modules that were ever activated, with their gradients. Canonical layout, made on first use from the seed.
import { initializeParameters, moduleParameters } from '../network/count.ts';
import type { NetworkModule, ParameterSpec } from '../network/types.ts';

export interface Parameter {
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
  /** The values by name, not copied. */
  weights(): Map<string, Float32Array>;
}

/** @param inherited values to start from in place of the seed's, such as a supernet's */
export function createParameters(seed: number, inherited: ReadonlyMap<string, Float32Array> = new Map()): Parameters {
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
        const data = Float32Array.from(inherited.get(name) ?? initial.get(name)!);
        parameters.set(name, { name, data, shape: spec.shape, trainable: spec.trainable });
      }
      names.set(
        module.prefix,
        specs.map((spec) => `${module.prefix}/${spec.name}`),
      );
    },
    get,
    gradient(name) {
      const buffer = gradients.get(name) ?? new Float32Array(get(name).data.length);
      gradients.set(name, buffer);
      return buffer;
    },
    namesOf: (module) => names.get(module.prefix) ?? [],
    all: () => parameters.values(),
    restore(values) {
      for (const [name, data] of values) get(name).data.set(data);
    },
    weights: () => new Map([...parameters.values()].map((p) => [p.name, p.data])),
  };
}
