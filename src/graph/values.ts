// The vocabulary of graphs: values, their dimensions, attributes of nodes, domains of operators.

/** A dimension: a number, or the name of a dynamic one (only the batch is ever dynamic here). */
export type Dim = number | string;

/** A tensor in a graph under construction. */
export interface Value {
  readonly name: string;
  readonly dims: readonly Dim[];
}

/** Attribute values as ONNX knows them; a `float` is marked because JavaScript's numbers do not tell floats from integers. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] };
export type Attributes = Readonly<Record<string, Attribute>>;

/** Operator domains of ONNX Runtime beside the standard one. */
export const domains = {
  standard: '',
  microsoft: 'com.microsoft',
  blocked: 'com.microsoft.nchwc',
  /** This project's own operators, in native/. */
  own: 'proxyless',
} as const;
export type Domain = (typeof domains)[keyof typeof domains];
