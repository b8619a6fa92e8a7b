// How a segmentation model is read, and where each fact comes from: the user, the model's metadata, its graph, its output on noise, or an assumption.
import { type ModelFact, type ModelSettings, meaningName, normalizationName } from '../contracts/model.ts';
import type { ImageInput, ImageModel } from '../graph/image-model.ts';
import { type OutputOrigin, outputOrigin } from '../graph/output-origin.ts';
import { UserError } from '../lib/errors.ts';
import { type MapShape, mapShape, type OutputMeaning, personOf } from '../lib/mask-output.ts';
import { type Normalization, normalizations } from '../lib/normalization.ts';

/** How photos become an input. */
export interface InputReading {
  readonly image: ImageInput;
  readonly colors: 'RGB' | 'BGR';
  /** Undefined: bytes as they are. */
  readonly normalization: Normalization | undefined;
  readonly facts: readonly ModelFact[];
}

/** How an output becomes a probability of the person. */
export interface OutputReading {
  readonly name: string;
  readonly map: MapShape;
  readonly meaning: OutputMeaning;
  readonly facts: readonly ModelFact[];
}

/** @throws UserError when no input can take photos */
export function readInputs(name: string, { model, inputs }: ImageModel, settings: ModelSettings): InputReading {
  const colored = inputs.filter((input) => channelsOf(input) === 3);
  const image =
    settings.inputName === undefined ? colored[0] : inputs.find((input) => input.name === settings.inputName);
  if (!image || channelsOf(image) !== 3) {
    const names = inputs.map((input) => `${input.name} [${input.dims.join(', ')}]`).join(', ');
    throw new UserError(
      `${name}: no input ${settings.inputName ? `named ${settings.inputName} ` : ''}takes images of three channels; its image inputs are ${names}`,
    );
  }
  const metadata = new Map(model.metadataProps.map(({ key, value }) => [key, value]));
  const facts: ModelFact[] = [
    {
      what: 'input',
      value: `${image.name}, ${image.type} [${image.dims.join(', ')}]`,
      from: settings.inputName ? 'given' : 'graph',
    },
    { what: 'layout', value: image.layout, from: 'graph' },
  ];
  const stated = statedNormalization(metadata);
  const order = /^(bgr|rgb)/i.exec(metadata.get('Image.BitmapPixelFormat') ?? '')?.[1]?.toUpperCase();
  const colors = order === 'BGR' || order === 'RGB' ? order : settings.colors;
  facts.push({
    what: 'colors',
    value: colors ?? 'RGB',
    from: order ? 'metadata' : colors ? 'given' : 'assumed',
  });
  if (image.type === 'uint8') {
    if (settings.normalize)
      throw new UserError(`${name}: input ${image.name} takes bytes, which are not normalized; leave out normalize`);
    facts.push({ what: 'normalize', value: 'none: bytes as they are', from: 'graph' });
    return { image, colors: colors ?? 'RGB', normalization: undefined, facts };
  }
  const normalization = stated ?? settings.normalize ?? normalizations.unit;
  const from = stated ? 'metadata' : settings.normalize ? 'given' : 'assumed';
  facts.push({ what: 'normalize', value: normalizationName(normalization), from });
  return { image, colors: colors ?? 'RGB', normalization, facts };
}

const channelsOf = ({ dims, layout }: ImageInput): number => dims[layout === 'NCHW' ? 1 : 3]!;

/** From our own metadata, or from ONNX's standard keys (onnx/docs/MetadataProps.md). */
function statedNormalization(metadata: ReadonlyMap<string, string>): Normalization | undefined {
  const range = metadata.get('Image.NominalPixelRange');
  if (range === 'Normalized_0_1') return normalizations.unit;
  if (range === 'Normalized_1_1') return normalizations.symmetric;
  if (range === 'NominalRange_0_255') return normalizations.bytes;
  const own = metadata.get('normalization');
  if (own === undefined) return undefined;
  try {
    const { mean, std } = JSON.parse(own) as Partial<Normalization>;
    const isTriple = (values: unknown): boolean =>
      Array.isArray(values) && values.length === 3 && values.every(Number.isFinite);
    return isTriple(mean) && isTriple(std) ? { mean: mean!, std: std! } : undefined;
  } catch {
    return undefined;
  }
}

/** An output of the run on noise. */
export interface ProbedOutput {
  readonly name: string;
  readonly dims: readonly number[];
  readonly integers: boolean;
  readonly values: ArrayLike<number>;
}

/**
 * What the mask among the outputs of a run means.
 * @throws UserError when it cannot be a mask, or nothing says which of its classes is the person
 */
export function readOutput(
  name: string,
  { model }: ImageModel,
  { image }: Pick<InputReading, 'image'>,
  outputs: readonly ProbedOutput[],
  settings: ModelSettings,
): OutputReading {
  const chosen =
    settings.outputName === undefined ? outputs[0] : outputs.find((output) => output.name === settings.outputName);
  const listed = outputs.map((output) => `${output.name} [${output.dims.join(', ')}]`).join(', ');
  if (!chosen) throw new UserError(`${name}: has no output ${settings.outputName}; its outputs are ${listed}`);
  const map = mapShape(chosen.dims, image);
  if (!map)
    throw new UserError(
      `${name}: output ${chosen.name} [${chosen.dims.join(', ')}] is not a mask; choose another with output-name: ${listed}`,
    );
  const origin = outputOrigin(model.graph!, chosen.name);
  const own = model.metadataProps.some(({ key, value }) => key === 'output' && value.includes('"channels":"person"'));
  const stated = own
    ? { kind: 'probability' as const, person: 0 }
    : (settings.output ?? inferMeaning(name, chosen, map, origin));
  const meaning: OutputMeaning =
    stated.kind === 'softmax' && origin === 'softmax' ? { ...stated, normalized: true } : stated;
  checkMeaning(name, chosen, map, meaning);
  const from = own ? 'metadata' : settings.output ? 'given' : 'graph';
  const facts: ModelFact[] = [
    {
      what: 'output',
      value: `${chosen.name} [${chosen.dims.join(', ')}]: ${map.classes} x ${map.height} x ${map.width}`,
      from: settings.outputName ? 'given' : outputs.length > 1 ? 'assumed' : 'graph',
    },
    { what: 'meaning', value: meaningName(meaning), from },
  ];
  const known = personOf.get(map.classes);
  if (from === 'graph' && meaning.kind !== 'probability' && meaning.kind !== 'logit')
    facts.push({
      what: 'person',
      value: `class ${meaning.person}${known ? `, as ${map.classes} classes are those of ${known.labels}` : ''}`,
      from: 'assumed',
    });
  return { name: chosen.name, map, meaning, facts };
}

function inferMeaning(
  name: string,
  output: ProbedOutput,
  map: MapShape,
  origin: OutputOrigin | undefined,
): OutputMeaning {
  if (origin === 'argmax' || (output.integers && map.classes === 1)) return { kind: 'argmax', person: 1 };
  if (map.classes > 1) {
    const person = personOf.get(map.classes)?.person;
    if (person !== undefined) return { kind: 'softmax', person };
    throw new UserError(
      `${name}: output ${output.name} has ${map.classes} classes, and the file does not say which is the person; set output to softmax:CLASS`,
    );
  }
  if (origin === 'sigmoid') return { kind: 'probability', person: 0 };
  // An output that stays within 0 to 1 on noise is taken for a probability.
  const within = Array.from(output.values).every((value) => value >= 0 && value <= 1);
  return { kind: within ? 'probability' : 'logit', person: 0 };
}

function checkMeaning(
  name: string,
  output: ProbedOutput,
  { classes }: MapShape,
  { kind, person }: OutputMeaning,
): void {
  const wrong = (why: string): never => {
    throw new UserError(`${name}: output ${output.name} ${why}`);
  };
  if ((kind === 'probability' || kind === 'logit') && classes !== 1)
    wrong(`has ${classes} classes, so it is not a single ${kind}; set softmax:CLASS or argmax:CLASS`);
  if (kind === 'softmax' && classes === 1)
    wrong('has one channel, so a softmax over classes is not possible; set probability, logit or argmax:CLASS');
  if (classes > 1 && person >= classes) wrong(`has the classes 0 to ${classes - 1}, not ${person}`);
}
