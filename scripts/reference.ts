// The parts of docs/guide that say what the code says: the Action's inputs and outputs, the commands with their options, the fields of a recipe.
// `npm run schemas` writes them between the markers of the pages; a test compares them.
import type { Command } from 'commander';
import { markdownTable } from 'markdown-table';
import { jsonSchemas } from '../src/contracts/json-schemas.ts';

/** A part of a page, by the name that its markers carry. */
export type Parts = Readonly<Record<string, string>>;

interface ActionField {
  readonly description: string;
  readonly default?: string;
}

/** What action.yml holds, as far as it is documented. */
export interface ActionFile {
  readonly inputs: Readonly<Record<string, ActionField>>;
  readonly outputs: Readonly<Record<string, ActionField>>;
}

/** The text of a page with each part put between its markers, `<!-- NAME -->` and `<!-- end of NAME -->`. */
export function withParts(page: string, parts: Parts): string {
  return page.replaceAll(/(<!-- ([\w-]+) -->\n)[\s\S]*?(<!-- end of \2 -->)/g, (whole, start, name, end) => {
    const part = parts[name as string];
    return part === undefined ? whole : `${start}\n${part}\n\n${end}`;
  });
}

/** Tables of the Action's inputs and outputs. */
export function actionParts({ inputs, outputs }: ActionFile): Parts {
  return {
    inputs: table(
      ['input', 'default', 'meaning'],
      Object.entries(inputs).map(([name, { description, default: value }]) => [
        `\`${name}\``,
        value ? `\`${value}\`` : '',
        description,
      ]),
    ),
    outputs: table(
      ['output', 'meaning'],
      Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
    ),
  };
}

/** An overview of all commands, and each with its usage and options. */
export function commandParts(program: Command): Parts {
  const commands = program.commands.flatMap((command) => leaves(command, ''));
  return {
    'command-list': table(
      ['command', 'what it does'],
      commands.map(({ path, command }) => [`[\`${path}\`](#${path.replaceAll(' ', '-')})`, command.description()]),
    ),
    commands: commands.map(({ path, command }) => commandSection(path, command)).join('\n\n'),
  };
}

function leaves(command: Command, before: string): { path: string; command: Command }[] {
  const path = `${before}${command.name()}`;
  if (command.commands.length === 0) return [{ path, command }];
  return command.commands.flatMap((inner) => leaves(inner, `${path} `));
}

function commandSection(path: string, command: Command): string {
  const rows = command.options.map(({ flags, description, mandatory, defaultValue, argChoices }) => [
    `\`${flags}\``,
    [
      description,
      argChoices && `(${argChoices.join(', ')})`,
      mandatory && '(required)',
      ['string', 'number'].includes(typeof defaultValue) && `(default: ${defaultValue})`,
    ]
      .filter((text) => text)
      .join(' '),
  ]);
  const usage = `    proxyless-ci ${path} ${command.usage()}`;
  return [`### ${path}`, `${command.description()}.`, usage, table(['option', 'meaning'], rows)].join('\n\n');
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema | readonly JsonSchema[];
}

/** One table of all fields of a recipe; fields of a section are named with a dot. */
export function recipeParts(): Parts {
  const rows = fields(jsonSchemas().recipe as JsonSchema, '');
  return { 'recipe-fields': table(['field', 'value', 'default', 'meaning'], rows) };
}

function fields(schema: JsonSchema, before: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (field.properties) return fields(field, `${before}${name}.`);
    const required = schema.required?.includes(name) && field.default === undefined;
    const value = field.default === undefined ? '' : `\`${JSON.stringify(field.default)}\``;
    return [[`\`${before}${name}\``, kindOf(field), required ? 'required' : value, field.description ?? '']];
  });
}

function kindOf({ type, enum: values, anyOf, items }: JsonSchema): string {
  if (values) return values.map((value) => `\`${value}\``).join(', ');
  if (anyOf) return anyOf.map(kindOf).join(' or ');
  if (type === 'array') return Array.isArray(items) ? `list of ${items.length} numbers` : 'list';
  if (type === 'integer') return 'whole number';
  if (type === 'object') return 'map of names to numbers';
  return type === 'string' ? 'text' : String(type ?? '');
}

function table(head: string[], rows: string[][]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')));
  return markdownTable(cells, { alignDelimiters: false, padding: true });
}
