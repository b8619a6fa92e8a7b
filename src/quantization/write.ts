// Writes a planned graph with QuantizeLinear and DequantizeLinear around its int8 nodes (QDQ), which ONNX Runtime fuses into int8 kernels.
import type { ModelProto, NodeProto } from 'onnx-buf';
import { createEmitter, type Emitter } from './emitter.ts';
import { gateOf, quantizeConvolution, type TensorScale } from './parameters.ts';
import { type Plan, passing } from './plan.ts';
import { floatsOf } from './prepare.ts';

export interface WriteSettings {
  readonly plan: Plan;
  readonly scales: ReadonlyMap<string, TensorScale>;
  /** Of weights: see `quantizeConvolution`. */
  readonly bits: 7 | 8;
}

/** Replaces the nodes of a prepared model by int8 ones, in place. */
export function writeQuantized(model: ModelProto, settings: WriteSettings): void {
  const { plan, scales } = settings;
  const graph = model.graph!;
  const emitter = createEmitter(graph, scales);
  const gone = new Set(plan.absorbed.values());
  for (const node of graph.node) {
    if (gone.has(node)) continue;
    if (plan.nodes.has(node)) writeNode(emitter, node, settings);
    else emitter.keep(node);
  }
  emitter.replace();
}

function writeNode(emitter: Emitter, node: NodeProto, settings: WriteSettings): void {
  const { plan } = settings;
  const { opType, input, attribute } = node;
  const output = (plan.absorbed.get(node) ?? node).output[0]!;
  const [x, ...others] = input as [string, ...string[]];
  if (passing.has(opType)) {
    emitter.put(opType, [emitter.bytes(x), ...others], `${output}/bytes`, attribute);
    emitter.finish(output, undefined);
    return;
  }
  const value = `${output}/float`;
  if (opType === 'HardSwish') emitter.put('Mul', hardSwish(emitter, x, output, settings), value);
  else if (opType === 'Conv') emitter.put('Conv', convolution(emitter, node, output, settings), value, attribute);
  else if (opType === 'Resize') emitter.put('Resize', [emitter.operand(x), ...others], value, attribute);
  else emitter.put(opType, input.map(emitter.operand), value, attribute);
  emitter.finish(output, value);
}

/** The factors of x * clip(x + 3, 0, 6) / 6: the gate is the bytes of x themselves, cut and read by another scale. */
function hardSwish(emitter: Emitter, x: string, output: string, { scales }: WriteSettings): string[] {
  const { most, read } = gateOf(scales.get(x)!);
  const cut = `${output}/gate/bytes`;
  emitter.put('Min', [emitter.bytes(x), emitter.byte(`${output}/gate/most`, most)], cut);
  return [emitter.operand(x), emitter.read(cut, `${output}/gate`, read)];
}

function convolution(emitter: Emitter, node: NodeProto, output: string, settings: WriteSettings): string[] {
  const [x, weightName, biasName] = node.input as [string, string, string | undefined];
  const weight = emitter.constant(weightName)!;
  const dims = weight.dims.map(Number);
  const bias = biasName ? floatsOf(emitter.constant(biasName)!)! : new Float32Array(dims[0]!);
  const rule = settings.plan.tensors.get(output);
  // A hard sigmoid is 0 from -beta / alpha on: there the bytes begin.
  const shift = rule?.kind === 'hard-sigmoid' ? rule.beta / rule.alpha : 0;
  const shifted = bias.map((b) => b + shift);
  const quantized = quantizeConvolution(floatsOf(weight)!, shifted, settings.scales.get(x)!.read, settings.bits);
  return [emitter.operand(x), ...emitter.weights(node.output[0]!, dims, quantized)];
}
