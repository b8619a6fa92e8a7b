// Model files that users name: those of this tool, which hold their architecture, and any other ONNX model with an image input.

import { basename } from 'node:path';
import type { Architecture } from '../contracts/architecture.ts';
import type { ModelSettings } from '../contracts/model.ts';
import { readImageModel } from '../graph/image-model.ts';
import { decodeModel } from '../graph/onnx.ts';
import { UserError } from '../lib/errors.ts';
import { readOptional } from '../lib/files.ts';
import { parseArchitecture } from '../network/architecture.ts';

/** A model file with what it says of itself. */
export interface ModelFile {
  readonly name: string;
  readonly model: Uint8Array;
  /** Of the image input. */
  readonly input: { readonly height: number; readonly width: number };
  /** Undefined for a model that this tool did not export. */
  readonly architecture: Architecture | undefined;
  /** What is stated of the model beside its file. */
  readonly settings: ModelSettings;
}

/** Whether a file is what Git LFS leaves where it does not fetch content. */
const isPointer = (file: Uint8Array): boolean =>
  file.length < 1024 && Buffer.from(file).toString('latin1').startsWith('version https://git-lfs.github.com/spec/');

/** A file's bytes. @throws UserError when there is none */
export async function readModelBytes(path: string): Promise<Uint8Array> {
  const model = await readOptional(path);
  if (!model) throw new UserError(`${path}: no such file`);
  if (isPointer(model))
    throw new UserError(
      `${path}: is a Git LFS pointer, not the model; run git lfs pull, in a workflow give actions/checkout the input lfs: true`,
    );
  return model;
}

/**
 * Reads a model with an image input.
 * @param settings what is stated of it; its size counts where the model leaves its height and width open
 * @throws UserError when it cannot be measured
 */
export async function readModelFile(path: string, settings: ModelSettings = {}): Promise<ModelFile> {
  const model = await readModelBytes(path);
  const { inputs } = readImageModel({ name: path, bytes: model, ...settings.size });
  const { height, width } = inputs[0]!;
  const metadata = new Map(decodeModel(model).metadataProps.map(({ key, value }) => [key, value]));
  const stated = metadata.get('architecture');
  const architecture = stated === undefined ? undefined : parseArchitecture(stated, `${path}: metadata: architecture`);
  return { name: basename(path), model, input: { height, width }, architecture, settings };
}
