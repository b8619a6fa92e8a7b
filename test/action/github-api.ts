// GitHub's published OpenAPI description (fixtures/github-api.json) as a judge of requests and answers, and as a maker of full answers.
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

interface Content {
  readonly content?: { readonly 'application/json'?: { readonly schema: Schema } };
}

interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content>>;
}

/** A call that the description knows. */
export interface Call {
  /** Such as `POST /repos/{owner}/{repo}/issues/{issue_number}/comments`. */
  readonly name: string;
  readonly operation: Operation;
  readonly path: Readonly<Record<string, string>>;
}

const { paths } = JSON.parse(readFileSync(new URL('../../fixtures/github-api.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false });
addFormats.default(ajv);
const compiled = new WeakMap<Schema, ValidateFunction>();

/** The call that a request makes, or undefined where the description has none. */
export function findCall(method: string, pathname: string): Call | undefined {
  for (const [template, operations] of Object.entries(paths)) {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
    const match = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '([^/]+)')}$`).exec(pathname);
    const operation = operations[method.toLowerCase()];
    if (match && operation)
      return {
        name: `${method} ${template}`,
        operation,
        path: Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(match[i + 1]!)])),
      };
  }
  return undefined;
}

/** What is wrong with a request. */
export function requestProblems({ operation, path }: Call, query: URLSearchParams, body: unknown): string[] {
  const known = new Map(
    operation.parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter.schema]),
  );
  const given = [
    ...Object.entries(path).map(([name, text]) => [`path ${name}`, text] as const),
    ...[...query].map(([name, text]) => [`query ${name}`, text] as const),
  ];
  const parameters = given.flatMap(([name, text]) => {
    const schema = known.get(name);
    if (!schema) return [`${name}: unknown`];
    return problems(schema, schema.type === 'integer' ? Number(text) : text).map((problem) => `${name}: ${problem}`);
  });
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  return [...parameters, ...(schema ? problems(schema, body) : body === undefined ? [] : ['body: none expected'])];
}

/** What is wrong with an answer; statuses that the description leaves open for every call may be answered with any object. */
export function answerProblems({ operation }: Call, status: number, body: unknown): string[] {
  const response = operation.responses[status];
  // The schemas of 409 overlap, so that no body matches exactly one of them.
  if (status === 409 && response) return [];
  if (!response)
    return [401, 403, 404, 429].includes(status) || status >= 500 ? [] : [`status ${status}: not described`];
  const schema = response.content?.['application/json']?.schema;
  return schema ? problems(schema, body) : body === undefined ? [] : ['body: none expected'];
}

function problems(schema: Schema, value: unknown): string[] {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `body${instancePath}: ${message}`);
}

/** An answer of a call with every required field, and these. */
export function answer(name: string, status: number, fields: object): object {
  const [method, template] = name.split(' ') as [string, string];
  const schema = paths[template]![method.toLowerCase()]!.responses[status]!.content!['application/json']!.schema;
  return overlay(sample(schema.items ?? schema), fields) as object;
}

function overlay(value: unknown, fields: unknown): unknown {
  if (!isObject(value) || !isObject(fields)) return fields;
  const merged = Object.entries(fields).map(([key, field]) => [key, overlay(value[key], field)]);
  return { ...value, ...Object.fromEntries(merged) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The least that a schema takes. */
function sample(schema: Schema): unknown {
  const choice = schema.oneOf?.[0] ?? schema.anyOf?.[0];
  if (choice) return sample(choice);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(sample));
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object': {
      const required = (schema.required ?? []).map((key) => [key, sample(schema.properties?.[key] ?? {})]);
      return Object.fromEntries(required);
    }
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'string':
      return { uri: 'https://example.test/', 'date-time': '2026-01-02T03:04:05Z' }[schema.format ?? ''] ?? 'text';
    default:
      return null;
  }
}
