// What an operation on the tape is: its forward half, which adds nodes to the forward graph, and its gradient rule.

import type { Value } from '../graph/values.ts';
import type { InputFeature } from '../network/types.ts';
import type { NormOperators, Source } from './norms.ts';
import type { Primitives } from './primitives.ts';

/** A feature map on the tape. */
export interface TapeFeature extends InputFeature {
  readonly map: TapeMap;
}

/** Where the values of a feature come from. */
export interface TapeMap {
  /** The map, where it is written. */
  value: Value | undefined;
  /** The map before a norm or an activation: operations may read this, and compute the map themselves. */
  readonly source: Source | undefined;
  /** Operations that read the source. */
  readers: number;
}

/** What the forward half of an operation works with. */
export interface Recorder {
  readonly k: Primitives;
  readonly norms: NormOperators;
  /** Training uses batch statistics; evaluation uses the running ones. */
  readonly training: boolean;
  parameter(name: string, dims: readonly number[]): Value;
  /** Notes the vectors of a batch norm, see norms.ts. */
  norm(name: string, vectors: Value, channels: number): void;
  /** A feature that is written. */
  written(value: Value, channels: number): TapeFeature;
  /** A feature that is written only when somebody asks for its values. */
  computed(source: Source, channels: number): TapeFeature;
  /** The values of a feature; writes them where they are not yet. */
  valuesOf(x: TapeFeature): Value;
  /** A feature as the fused operations read it: without writing it. */
  read(x: TapeFeature): Source;
}

/** What a gradient rule sees while the backward graph is built. */
export interface BackwardContext {
  readonly k: Primitives;
  readonly norms: NormOperators;
  /** Whether gradients of parameters are asked for. */
  readonly updateWeights: boolean;
  /** Adds a contribution: `make` receives the gradient so far, to add it in the same pass. `copies`: it might have to copy that gradient first. */
  contribute(feature: TapeFeature, make: (sum: Value | undefined) => Value, copies?: boolean): void;
  /** Adds a gradient that is there already. */
  plus(feature: TapeFeature, value: Value): void;
  /** Hands the gradient of a computed map, from its only reader, to the source of the map. */
  arrive(feature: TapeFeature, arrived: Arrived): void;
  /** A forward value, as an input of the backward graph. */
  kept(value: Value): Value;
  /** The values of a feature, as an input of the backward graph. */
  keptMap(feature: TapeFeature): Value;
  parameter(name: string): Value;
  parameterGradient(name: string, make: () => Value): void;
  /** The gradients of a norm's gamma and beta, as rows of its gradient's vectors. */
  normGradient(name: string, vectors: Value, channels: number): void;
}

/** The gradient at a computed map's source: its norm's output, with the norm's `gradient`, or its activation's input. */
export interface Arrived {
  readonly dx: Value;
  readonly gradient?: Value | undefined;
}

/** What the forward half of an operation leaves. */
export interface Forward<Saved> {
  readonly y: TapeFeature;
  /** What the gradient rule needs; undefined: there is none, as in evaluation. */
  readonly saved: Saved | undefined;
  /** Features that were read without being written, and whose values the rule may need. */
  readonly reads?: readonly TapeFeature[];
}

export interface Operation<Given extends readonly unknown[], Saved> {
  forward(r: Recorder, ...given: Given): Forward<Saved>;
  /** The rule runs where something downstream asks for a gradient. `dy` is the gradient at y, or the `dx` of `arrived`, at y's source. */
  gradient(c: BackwardContext, saved: Saved, dy: Value, arrived: Arrived | undefined): void;
}

/** One operation of a recording. */
export interface Step {
  readonly y: TapeFeature;
  readonly reads: readonly TapeFeature[];
  readonly gradient: (c: BackwardContext, dy: Value, arrived: Arrived | undefined) => void;
}

/** Runs an operation's forward half; the step holds its gradient rule. */
export type Recorded<Given extends readonly unknown[]> = (r: Recorder, ...given: Given) => Step;

/** An operation of the table. The type of what it saves stays hidden inside. */
export function operation<Given extends readonly unknown[], Saved>(o: Operation<Given, Saved>): Recorded<Given> {
  return (r, ...given) => {
    const { y, saved, reads = [] } = o.forward(r, ...given);
    return { y, reads, gradient: (c, dy, arrived) => saved !== undefined && o.gradient(c, saved, dy, arrived) };
  };
}

/** The source of x, where x has one reader and was never written: its gradient then goes straight to the source. Otherwise undefined. */
export function readOnce({ map }: TapeFeature): Source | undefined {
  return map.value === undefined && map.readers === 1 ? map.source : undefined;
}
