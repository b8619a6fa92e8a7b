// Search spaces: YAML over the registry of operations becomes candidates for every layer of the chain.
import { parseDocument } from 'yaml';
import type { Architecture, Layer, Macro } from '../contracts/architecture.ts';
import { type Stage, spaceFileSchema } from '../contracts/space.ts';
import { UserError } from '../lib/errors.ts';
import { checkSchema } from '../lib/files.ts';
import { readNamed } from './architecture.ts';
import { moduleParameters, sizeOf } from './count.ts';
import { deployArchitecture, deployModules, randomWeights } from './deploy.ts';
import { candidateName, type InputSize, networkModules, spaceModules } from './modules.ts';
import { operations, unknownOperation } from './operations/index.ts';
import { makeDivisible } from './operations/mobilenetv3.ts';
import { operatorsOf } from './operators.ts';
import type { NetworkModule } from './types.ts';

/** A search space: what each layer of the chain may be. */
export interface Space {
  readonly name: string;
  readonly macro: Macro;
  /** layers[layer][candidate]; the candidates of a layer agree in widths and stride and differ in their operation. */
  readonly layers: readonly (readonly Layer[])[];
}

/**
 * A space from YAML text.
 * @param source how errors call the text, usually its file
 * @throws UserError naming the source and every wrong field: unknown fields, unknown operations, widths that an operation cannot take
 */
export function parseSpace(text: string, source: string): Space {
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken) throw new UserError(`${source}: not valid YAML: ${broken.message}`);
  const { name, macro, stages } = checkSchema(document.toJS(), source, spaceFileSchema);

  const problems = new Set<string>();
  const layers: Layer[][] = [];
  let width = macro.head.width;
  for (const [index, stage] of stages.entries())
    for (let layer = 0; layer < stage.layers; layer++) {
      const shape = { in: width, out: stage.width, stride: layer === 0 ? stage.stride : 1 } as const;
      const { candidates, wrong } = candidatesOf(stage, shape);
      for (const problem of wrong) problems.add(`${source}: stages.${index}.${problem}`);
      layers.push(candidates);
      width = stage.width;
    }
  if (problems.size > 0) throw new UserError([...problems].join('\n'));
  return { name, macro, layers };
}

/** The candidates of one layer, and what is wrong with the stage's operations there as `field: problem`. */
function candidatesOf(
  stage: Stage,
  shape: Pick<Layer, 'in' | 'out' | 'stride'>,
): { candidates: Layer[]; wrong: string[] } {
  const candidates: Layer[] = [];
  const wrong: string[] = [];
  stage.operations.forEach((entry, i) => {
    const { operation: name, expansion: own, 'squeeze-excite': excited } = inFull(entry);
    const field = `operations.${i}`;
    const operation = operations.get(name);
    if (!operation) {
      wrong.push(`${field}: ${unknownOperation(name)}`);
      return;
    }
    const keeps = shape.stride === 1 && shape.in === shape.out;
    if (operation.keepsShape && !keeps) return;
    const ratio = own ?? operation.expansion ?? stage.expansion;
    const layer: Layer = {
      operation: name,
      ...shape,
      expanded: operation.expansion === undefined ? makeDivisible(ratio * shape.in, 8) : ratio * shape.in,
      activation: stage.activation,
      squeezeExcite: excited ?? stage['squeeze-excite'],
      ...(stage.residual && keeps && !operation.ownShortcut ? { residual: true } : {}),
      ...(own === undefined && excited === undefined ? {} : { variant: formOf(own, excited) }),
    };
    const problem = operation.check(layer);
    if (problem) wrong.push(`${field}: ${name} ${problem}`);
    // Weights are kept by layer, operation and form, so these can stand for one candidate only.
    else if (candidates.some((other) => candidateName(other) === candidateName(layer)))
      wrong.push(`${field}: ${name} is listed twice in one form`);
    else candidates.push(layer);
  });
  if (candidates.length === 0 && wrong.length === 0)
    wrong.push(`operations: the layer from ${shape.in} to ${shape.out} channels has no operation left`);
  return { candidates, wrong };
}

type Entry = Stage['operations'][number];
const inFull = (entry: Entry): Exclude<Entry, string> => (typeof entry === 'string' ? { operation: entry } : entry);

/** What an operation with block options of its own is called: `e3`, `e6_se`. */
const formOf = (expansion: number | undefined, squeezeExcite: boolean | undefined): string =>
  [
    ...(expansion === undefined ? [] : [`e${String(expansion).replace('.', '_')}`]),
    ...(squeezeExcite === undefined ? [] : [squeezeExcite ? 'se' : 'plain']),
  ].join('_');

/**
 * A space by the name of a file in search/spaces, or by its path (anything with a slash or `.yaml`).
 * @throws UserError as `parseSpace` does, or when there is no such file
 */
export async function loadSpace(nameOrPath: string): Promise<Space> {
  const { text, path } = await readNamed(nameOrPath, 'spaces', '.yaml');
  return parseSpace(text, path);
}

/**
 * The network that a path through a space stands for.
 * @param path one candidate index a layer
 * @param input the network's input size, where it differs from that of the run
 */
export function architectureOf(space: Space, path: readonly number[], name: string, input?: InputSize): Architecture {
  const layers = space.layers.map((candidates, i) => {
    const layer = candidates[path[i]!];
    if (!layer) throw new Error(`layer ${i} of space ${space.name} has no candidate ${path[i]}`);
    return layer;
  });
  const size = input && { input };
  return { schema: 'proxyless-ci/architecture@1', name, ...size, macro: space.macro, layers };
}

/** The ONNX operators of everything a space may deploy: by operation name, and the macro-architecture's under `macro`. */
export function spaceOperators(space: Space): ReadonlyMap<string, readonly string[]> {
  const input = { height: 64, width: 64 };
  const needed = new Map<string, Set<string>>();
  const note = (what: string, operators: readonly string[]): void => {
    const known = needed.get(what) ?? new Set();
    for (const operator of operators) known.add(operator);
    needed.set(what, known);
  };
  note('macro', macroOperators(space.macro, input));
  const seen = new Set<string>();
  spaceModules(space, input).layers.forEach((modules, layer) => {
    modules.forEach((module, candidate) => {
      if (seen.has(module.signature)) return;
      seen.add(module.signature);
      note(space.layers[layer]![candidate]!.operation, operatorsOf(deployModules([module], zeroWeights(module))));
    });
  });
  return new Map([...needed].map(([what, operators]) => [what, [...operators].sort()]));
}

/** Operators of head, tail and output: those of a network whose layers (dilated convolutions) need only operators that the tail needs too. */
function macroOperators(macro: Macro, input: { height: number; width: number }): string[] {
  const width = macro.head.width;
  const layer = {
    in: width,
    out: width,
    stride: 2,
    expanded: width,
    activation: 'relu',
    squeezeExcite: false,
  } as const;
  const layers = Array.from({ length: 4 }, () => ({ ...layer, operation: 'dilconv_3x3' }));
  const architecture: Architecture = { schema: 'proxyless-ci/architecture@1', name: 'macro', macro, layers };
  const modules = networkModules(architecture, input);
  const weights = randomWeights([modules.head, ...modules.layers, modules.tail], 0);
  return operatorsOf(deployArchitecture(architecture, weights, input));
}

function zeroWeights(module: NetworkModule): Map<string, Float32Array> {
  return new Map(
    moduleParameters(module).map((spec) => [`${module.prefix}/${spec.name}`, new Float32Array(sizeOf(spec))]),
  );
}

/**
 * Checks a space, before any work, against the operators that the target runtime offers.
 * @param called what errors call it
 * @throws UserError naming each operation and the operators it lacks
 */
export function checkSpaceOperators(space: Space, allowed: readonly string[], called = `space ${space.name}`): void {
  const problems = [...spaceOperators(space)].flatMap(([what, operators]) => {
    const lacking = operators.filter((operator) => !allowed.includes(operator));
    const who = what === 'macro' ? 'the macro-architecture' : `operation ${what}`;
    return lacking.length > 0 ? [`${called}: ${who} needs ${lacking.join(', ')}`] : [];
  });
  if (problems.length > 0) throw new UserError(`${problems.join('\n')}\nwhich are not in export.operators`);
}
