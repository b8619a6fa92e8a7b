// What a model's graph says of an output: the operator that computes its values, before operators that only move or resize them.
import type { GraphProto, NodeProto } from 'onnx-buf';

/** Operators that keep what values mean. */
const passing = new Set(
  'Identity Transpose Reshape Squeeze Unsqueeze Flatten Resize Upsample Cast Slice Gather Crop Pad DequantizeLinear'.split(
    ' ',
  ),
);

export type OutputOrigin = 'sigmoid' | 'softmax' | 'argmax' | 'other';

/** @returns undefined when no node makes the output */
export function outputOrigin(graph: GraphProto, output: string): OutputOrigin | undefined {
  const makers = new Map<string, NodeProto>(
    graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)),
  );
  let maker = makers.get(output);
  while (maker && passing.has(maker.opType)) maker = makers.get(maker.input[0]!);
  if (!maker) return undefined;
  if (maker.opType === 'Sigmoid' || maker.opType === 'HardSigmoid') return 'sigmoid';
  if (maker.opType === 'Softmax') return 'softmax';
  return maker.opType === 'ArgMax' ? 'argmax' : 'other';
}
