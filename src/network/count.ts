// Counting and initializing: every parameter and every multiply-accumulate of a module.
import type { Architecture } from '../contracts/architecture.ts';
import { createRandom } from '../lib/random.ts';
import { type InputSize, networkModules } from './modules.ts';
import { traceShapes } from './shapes.ts';
import type { ConvOptions, Feature, Initialiser, NetworkModule, ParameterSpec } from './types.ts';

/** Cost of a module or a network for one image. */
export interface Cost {
  /** Trainable parameters; running statistics are not counted. */
  readonly parameters: number;
  /** Multiply-accumulates of the convolutions, squeeze-excite's included; nothing else multiplies matrices. */
  readonly macs: number;
}

/** Multiply-accumulates of one convolution of a module. */
export interface MacTerm {
  readonly name: string;
  readonly macs: number;
  readonly kernel: number;
  readonly dilation: number;
}

/** Counts what a module's operations own and multiply. */
function count(module: NetworkModule): { specs: ParameterSpec[]; terms: MacTerm[]; outputs: Feature[] } {
  const specs: ParameterSpec[] = [];
  const terms: MacTerm[] = [];
  const parameter = (name: string, dims: readonly number[], init: Initialiser, trainable = true): void => {
    if (specs.some((spec) => spec.name === name)) throw new Error(`${module.prefix}: parameter ${name} is made twice`);
    specs.push({ name, shape: dims, init, trainable });
  };
  const convolve = (x: Feature, name: string, conv: ConvOptions, y: Feature, init: Initialiser): void => {
    const { out, kernel, dilation = 1, depthwise = false } = conv;
    if (depthwise && out !== x.channels)
      throw new Error(`${module.prefix}/${name}: depthwise from ${x.channels} to ${out}`);
    const weight = [out, depthwise ? 1 : x.channels, kernel, kernel];
    parameter(`${name}.weight`, weight, init);
    terms.push({ name, macs: weight.reduce((a, b) => a * b, y.height * y.width), kernel, dilation });
  };
  const outputs = traceShapes<Feature>(module, module.inputs, ({ op, given }, y) => {
    if (op === 'convBn') {
      const [x, name, conv] = given;
      convolve(x, name, conv, y, 'third-fan-in');
      parameter(`${name}.bn.gamma`, [conv.out], 'ones');
      parameter(`${name}.bn.beta`, [conv.out], 'zeros');
      parameter(`${name}.bn.mean`, [conv.out], 'zeros', false);
      parameter(`${name}.bn.var`, [conv.out], 'ones', false);
    } else if (op === 'conv') {
      const [x, name, conv] = given;
      convolve(x, name, conv, y, conv.bias ? 'lecun-fan-in' : 'third-fan-in');
      if (conv.bias) parameter(`${name}.bias`, [conv.out], 'zeros');
    } else if (op === 'squeezeExcite') {
      const [{ channels }, name, squeezed] = given;
      for (const [part, into, out] of [
        ['reduce', channels, squeezed],
        ['expand', squeezed, channels],
      ] as const) {
        const pooled = { channels: into, height: 1, width: 1 };
        convolve(pooled, `${name}.${part}`, { out, kernel: 1 }, { ...pooled, channels: out }, 'third-fan-in');
        parameter(`${name}.${part}.bias`, [out], 'zeros');
      }
    }
    return y;
  });
  return { specs, terms, outputs };
}

/** Parameters and running statistics of a module, in the order in which it makes them; convolutions are [O, I / groups, kH, kW]. */
export function moduleParameters(module: NetworkModule): ParameterSpec[] {
  return count(module).specs;
}

/** Shapes of a module's outputs. */
export function moduleOutputs(module: NetworkModule): Feature[] {
  return count(module).outputs;
}

/** Multiply-accumulates of a module, convolution by convolution. */
export function moduleMacs(module: NetworkModule): MacTerm[] {
  return count(module).terms;
}

/** Trainable parameters and multiply-accumulates of a module for one image. */
export function moduleCost(module: NetworkModule): Cost {
  const { specs, terms } = count(module);
  return {
    parameters: specs.reduce((sum, spec) => sum + (spec.trainable ? sizeOf(spec) : 0), 0),
    macs: terms.reduce((sum, term) => sum + term.macs, 0),
  };
}

/**
 * Trainable parameters and multiply-accumulates of a whole network for one image.
 * @throws UserError when an input side is not a multiple of 4 or is below 32
 */
export function architectureCost(architecture: Architecture, input: InputSize): Cost {
  const { head, layers, tail } = networkModules(architecture, input);
  const costs = [head, ...layers, tail].map(moduleCost);
  return {
    parameters: costs.reduce((sum, cost) => sum + cost.parameters, 0),
    macs: costs.reduce((sum, cost) => sum + cost.macs, 0),
  };
}

/** Number of values of a parameter. */
export function sizeOf(spec: Pick<ParameterSpec, 'shape'>): number {
  return spec.shape.reduce((a, b) => a * b, 1);
}

/**
 * Fresh parameters and running statistics of a module, by `prefix/name`. Every tensor has a random stream of its own, so that equal
 * layers of two networks start alike whatever surrounds them.
 */
export function initializeParameters(module: NetworkModule, seed: number): Map<string, Float32Array> {
  return new Map(
    moduleParameters(module).map((spec) => {
      const data = new Float32Array(sizeOf(spec));
      if (spec.init === 'ones') data.fill(1);
      else if (spec.init !== 'zeros') {
        const random = createRandom(seed, module.prefix, spec.name);
        const std = Math.sqrt(initialVariance(spec));
        for (let i = 0; i < data.length; i++) data[i] = std * random.normal();
      }
      return [`${module.prefix}/${spec.name}`, data];
    }),
  );
}

function initialVariance({ shape: dims, init }: ParameterSpec): number {
  const [, into, height, width] = dims as [number, number, number, number];
  return (init === 'third-fan-in' ? 1 / 3 : 1) / (into * height * width);
}
