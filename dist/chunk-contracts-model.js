import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  external_exports
} from "./chunk-zod.js";
import {
  normalizations
} from "./chunk-lib-normalization.js";

// src/contracts/model.ts
var outputKinds = ["probability", "logit", "softmax", "argmax"], normalizeForm = "unit, imagenet, symmetric, bytes, or MEAN/STD such as 0.5/0.5 or 123.7,116.3,103.5/58.4,57.1,57.4", outputForm = "probability, logit, softmax:CLASS or argmax:CLASS, such as softmax:1", normalizeSchema = external_exports.string().transform((text, context) => {
  let preset = normalizations[text];
  if (preset) return preset;
  let parts = text.split("/").map((part) => part.split(",").map((digits) => digits.trim() === "" ? Number.NaN : Number(digits))), [mean = [], std = []] = parts.map(([r = Number.NaN, g = r, b = r]) => [r, g, b]);
  if (!(parts.length === 2 && parts.every((part) => part.length === 1 || part.length === 3)) || [...mean, ...std].some((value) => !Number.isFinite(value)) || std.some((value) => value <= 0))
    return context.addIssue({ code: "custom", message: `must be ${normalizeForm}` }), external_exports.NEVER;
  let range = [...mean, ...std].some((value) => value > 1) ? 255 : 1, scaled = ([r = 0, g = 0, b = 0]) => [r / range, g / range, b / range];
  return { mean: scaled(mean), std: scaled(std) };
}), outputSchema = external_exports.string().transform((text, context) => {
  let [, kind, person] = /^(probability|logit|softmax|argmax)(?::(\d+))?$/.exec(text) ?? [], named = outputKinds.find((one) => one === kind);
  return named && (named === "softmax" || named === "argmax") == (person !== void 0) ? { kind: named, person: Number(person ?? 0) } : (context.addIssue({ code: "custom", message: `must be ${outputForm}` }), external_exports.NEVER);
}), sizeSchema = external_exports.string().transform((text, context) => {
  let [, height, width] = (/^(\d+)x(\d+)$/.exec(text) ?? []).map(Number);
  return height && width ? { height, width } : (context.addIssue({ code: "custom", message: "must be HEIGHTxWIDTH in pixels, such as 256x144" }), external_exports.NEVER);
}), modelFields = {
  size: sizeSchema.optional().describe("HEIGHTxWIDTH, where the model leaves the size of its input open"),
  normalize: normalizeSchema.optional().describe(`What pixels become: ${normalizeForm} (numbers over 1: for pixels of 0..255, else 0..1)`),
  colors: external_exports.enum(["RGB", "BGR"]).optional().describe("Order of the channels; RGB unless the metadata says otherwise"),
  output: outputSchema.optional().describe(`What comes out: ${outputForm}`),
  "input-name": external_exports.string().min(1).optional().describe("The image, where the model has several inputs"),
  "output-name": external_exports.string().min(1).optional().describe("The mask, where the model has several outputs")
};
function normalizationName({ mean, std }) {
  let close = (a, b) => a.every((x, i) => Math.abs(x - b[i]) < 1e-4), preset = Object.entries(normalizations).find(([, one]) => close(one.mean, mean) && close(one.std, std)), short = (values) => values.map((value) => Number(value.toPrecision(4))).join(",");
  return preset?.[0] ?? `${short(mean)}/${short(std)}`;
}
var meaningName = ({ kind, person }) => kind === "softmax" || kind === "argmax" ? `${kind}:${person}` : kind, describeFacts = (facts) => facts.map(({ what, value, from }) => `${what} ${value} (${from})`).join("; ");

// src/lib/values.ts
function parseShare(text) {
  let [, number, percent] = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(%?)\s*$/.exec(text) ?? [], value = Number(number) / (percent ? 100 : 1);
  return number !== void 0 && value > 0 && value < 1 ? value : void 0;
}
var shareForm = "must be a share such as 5% or 0.05";
function parseWholeNumber(text, smallest) {
  let value = Number(text);
  return text.trim() !== "" && Number.isSafeInteger(value) && value >= smallest ? value : void 0;
}
function parsePart(text) {
  let [, index, count2] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  return index !== void 0 && count2 !== void 0 && index >= 1 && index <= count2 ? { index, count: count2 } : void 0;
}
function parseWeighted(text) {
  let [, folder = text, weight = "1"] = /^(.+)=([0-9.]+)$/.exec(text) ?? [];
  return Number(weight) >= 0 ? { folder, weight: Number(weight) } : void 0;
}
var weightForm = "the weight must be a number, such as photos=2";
function parseLimit(text) {
  let [, number, unit] = /^\s*(\d+(?:\.\d+)?|\.\d+)(ms|x)\s*$/.exec(text) ?? [], value = Number(number);
  if (!(number === void 0 || !(value > 0)))
    return unit === "ms" ? { ms: value } : { times: value };
}
var limitForm = "must be milliseconds or multiples of the baseline's latency, such as 4.5ms or 0.8x", limitName = (limit) => "ms" in limit ? `${limit.ms}ms` : `${limit.times}x`;

// src/contracts/quantization.ts
var calibrationMethods = ["minmax", "percentile", "entropy"], extents = ["all", "not the narrow start", "not the narrow end", "not the narrow ends"], share = external_exports.number().min(0).max(1), count = external_exports.int().min(0), quantizationSchema = external_exports.object({
  /** The method whose ranges the network has. */
  calibration: external_exports.enum(calibrationMethods),
  /** Photos that ranges were seen on. */
  photos: count,
  /**
   * Each method that was tried: how far its probabilities are from those of float32 on the mean, and the share of pixels whose class
   * differs; on these photos.
   */
  methods: external_exports.array(external_exports.object({ method: external_exports.enum(calibrationMethods), meanDifference: share, changedPixels: share })).min(1),
  /** Operators of the int8 network as ONNX Runtime runs it here, with their number. */
  operators: external_exports.record(external_exports.string(), count),
  /** Operators that stay float32, with their number. */
  kept: external_exports.record(external_exports.string(), count),
  /** Which part of the network is int8: the one with which it was the fastest here. */
  extent: external_exports.enum(extents),
  /** 7 where this machine's instructions would overflow with 8. */
  weightBits: external_exports.union([external_exports.literal(7), external_exports.literal(8)]),
  /** Instruction sets of this machine that multiply bytes; empty where it has none. */
  instructions: external_exports.array(external_exports.string())
}), int8Schema = quantizationSchema.extend({
  /** Names of both among the networks. */
  network: external_exports.string(),
  float32: external_exports.string(),
  /** Median latency of int8 over that of float32, less 1, interleaved, with its 95 % interval. */
  latencyChange: external_exports.number(),
  latencyInterval: external_exports.tuple([external_exports.number(), external_exports.number()]),
  recommended: external_exports.boolean(),
  /** One sentence that says why. */
  reason: external_exports.string().min(1)
});

export {
  modelFields,
  normalizationName,
  meaningName,
  describeFacts,
  parseShare,
  shareForm,
  parseWholeNumber,
  parsePart,
  parseWeighted,
  weightForm,
  parseLimit,
  limitForm,
  limitName,
  calibrationMethods,
  extents,
  int8Schema
};
