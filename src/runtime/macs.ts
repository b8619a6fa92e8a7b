// Multiply-accumulates of any ONNX model. ONNX Runtime runs the model once as it is written, and notes the shapes of every node: they are exact for all
// operators, also where the graph computes shapes.
import { type ModelSource, readImageModel } from '../graph/image-model.ts';
import { UserError } from '../lib/errors.ts';
import { type ProfiledNode, profileRuns } from './profile.ts';
import { zeros } from './tensors.ts';

/**
 * Multiply-accumulates of a model's convolutions and matrix products for one image; nothing else counts.
 * @throws UserError when ONNX Runtime cannot run the model
 */
export async function countMacs(source: ModelSource): Promise<number> {
  const { inputs, others, dimensions } = readImageModel(source);
  const feeds = Object.fromEntries([...inputs, ...others].map(({ name, type, dims }) => [name, zeros(type, dims)]));
  const nodes = await profileRuns(source.bytes, { threads: 1, optimize: false, dimensions }, async (session) => {
    await session.run(feeds);
  }).catch((error: unknown) => {
    throw new UserError(
      `${source.name}: ONNX Runtime cannot run it: ${error instanceof Error ? error.message : error}`,
    );
  });
  return nodes.reduce((sum, node) => sum + (rules[node.operator]?.(node) ?? 0), 0);
}

const size = (dims: readonly number[] = []): number => dims.reduce((a, b) => a * b, 1);

/** Every output value is a sum over one filter: [O, I / groups, k...]. */
const convolution = (weight: number) => (node: ProfiledNode) =>
  size(node.outputs[0]) * size(node.inputs[weight]?.slice(1));
/** Every output value is a sum over the last axis of the left operand. */
const product = (node: ProfiledNode): number => size(node.outputs[0]) * (node.inputs[0]?.at(-1) ?? 0);

/** The size of the left operand over the rows of the output is the length that is summed over, whether the operand is transposed or not. */
function gemm(node: ProfiledNode): number {
  const [rows = 0, columns = 0] = node.outputs[0] ?? [];
  return rows * columns * (size(node.inputs[0]) / Math.max(rows, 1));
}

const rules: Readonly<Record<string, (node: ProfiledNode) => number>> = {
  Conv: convolution(1),
  FusedConv: convolution(1),
  ConvInteger: convolution(1),
  QLinearConv: convolution(3),
  // Every input value meets one filter: [I, O / groups, k...].
  ConvTranspose: (node) => size(node.inputs[0]) * size(node.inputs[1]?.slice(1)),
  MatMul: product,
  MatMulInteger: product,
  // Its left operand may be transposed: the two last sides of it are the rows of the output and the length that is summed over.
  FusedMatMul: ({ inputs: [left = []], outputs: [out = []] }) =>
    (size(out) * (left.at(-1) ?? 0) * (left.at(-2) ?? 0)) / Math.max(out.at(-2) ?? 1, 1),
  QLinearMatMul: product,
  Gemm: gemm,
  FusedGemm: gemm,
};
