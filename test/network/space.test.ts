// Spaces as YAML: candidates a layer, and errors by file and field.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { architectureSchema, formatArchitecture, parseArchitecture } from '../../src/network/architecture.ts';
import { moduleCost } from '../../src/network/count.ts';
import { networkModules, spaceModules } from '../../src/network/modules.ts';
import { architectureOf, checkSpaceOperators, loadSpace, parseSpace, spaceOperators } from '../../src/network/space.ts';

const person = await loadSpace('person');
const personText = await readFile(new URL('../../search/spaces/person.yaml', import.meta.url), 'utf8');
const input = { height: 64, width: 64 };

describe('the person-wide space', () => {
  it('offers one operation in several forms, each with weights of its own', async () => {
    const wide = await loadSpace('person-wide');
    const { layers } = spaceModules(wide, input);
    for (const candidates of layers)
      expect(new Set(candidates.map(({ prefix }) => prefix)).size).toBe(candidates.length);
    const first = layers.findIndex((candidates) => candidates.length === 7);
    expect(wide.layers[first]!.map(({ variant }) => variant)).toEqual([
      ...['e2', 'e4', 'e2', 'e4', 'e2', 'e2_se'],
      undefined,
    ]);
    expect(layers[first]![5]!.prefix).toBe(`layers.${first}.mbv3_5x5_e2_se`);
    for (let choice = 0; choice < 7; choice++) {
      const path = wide.layers.map((candidates, layer) => (choice + layer) % candidates.length);
      const architecture = architectureOf(wide, path, `choice-${choice}`);
      expect(parseArchitecture(formatArchitecture(architecture), 'same')).toEqual(architecture);
      networkModules(architecture, input);
    }
  });
});

describe('the person space', () => {
  it('offers seven operations in every layer, and every choice is an architecture that can be built', () => {
    expect(person.layers.map((candidates) => candidates.length)).toEqual(person.layers.map(() => 7));
    for (let choice = 0; choice < 7; choice++) {
      const path = person.layers.map((_, layer) => (choice + layer) % 7);
      const architecture = architectureOf(person, path, `choice-${choice}`);
      expect(architectureSchema.parse(architecture)).toEqual(architecture);
    }
  });

  it('gives a candidate the same module in the supernet as in the network that picks it', () => {
    const path = person.layers.map((_, layer) => (layer * 3) % 7);
    const supernet = spaceModules(person, input);
    const network = networkModules(architectureOf(person, path, 'some'), input);
    const key = ({ prefix, signature }: { prefix: string; signature: string }) => `${prefix} ${signature}`;
    expect(network.layers.map(key)).toEqual(path.map((choice, layer) => key(supernet.layers[layer]![choice]!)));
    expect(key(network.tail)).toBe(key(supernet.tail));
    expect(network.features).toEqual(supernet.features);
  });

  it('shares a signature only between modules of equal cost', () => {
    const costs = new Map<string, string>();
    for (const module of spaceModules(person, input).layers.flat()) {
      const cost = JSON.stringify(moduleCost(module));
      expect(costs.get(module.signature) ?? cost).toBe(cost);
      costs.set(module.signature, cost);
    }
  });

  it('is checked against the operators of a target, naming the operations it lacks them for', () => {
    const all = [...new Set([...spaceOperators(person).values()].flat())];
    expect(() => checkSpaceOperators(person, all)).not.toThrow();
    const without = all.filter((operator) => !['Transpose', 'HardSigmoid', 'Resize'].includes(operator));
    expect(() => checkSpaceOperators(person, without)).toThrow(
      /the macro-architecture needs Resize\n.*mbv3_3x3 needs HardSigmoid\n.*mbv3_5x5 needs HardSigmoid\n.*shuffle needs Transpose\n/,
    );
  });
});

describe('the proxyless space', () => {
  it('offers skip only where a layer keeps its shape, and takes expansions from the names', async () => {
    const space = await loadSpace('proxyless');
    for (const candidates of space.layers.slice(1)) {
      const [{ stride, in: from, out }] = candidates as [(typeof candidates)[number]];
      const skips = candidates.some(({ operation }) => operation === 'skip');
      expect(skips).toBe(stride === 1 && from === out);
      for (const layer of candidates) if (layer.operation.endsWith('_e3')) expect(layer.expanded).toBe(3 * from);
    }
  });
});

it("takes an operation's own expansion in place of its stage's", () => {
  const text = personText.replace('&all [mbv3_3x3,', '&all [{ operation: mbv3_3x3, expansion: 2 },');
  const [first, second] = parseSpace(text, 'my.yaml').layers[0]!;
  expect([first!.operation, first!.expanded, second!.expanded]).toEqual(['mbv3_3x3', 32, 48]);
});

it('gives an identity shortcut to what keeps its shape and has none of its own, and to nothing else', () => {
  const [first, second] = person.layers as [(typeof person.layers)[number], (typeof person.layers)[number]];
  expect(first.some((layer) => layer.residual)).toBe(false);
  const added = second.filter((layer) => layer.residual).map((layer) => layer.operation);
  expect(added).toEqual(['dilconv_3x3', 'dilconv_5x5', 'sepconv_3x3', 'sepconv_5x5']);
  const plain = parseSpace(personText.replaceAll('residual: true', 'residual: false'), 'my.yaml');
  expect(plain.layers.flat().some((layer) => layer.residual)).toBe(false);
});

it('refuses a wrong space, naming the file, the field and what would be valid', () => {
  const wrong: [string, string, RegExp][] = [
    [
      'sepconv_3x3, ',
      'sepconv_3x, ',
      /my\.yaml: stages\.0\.operations\.4: unknown operation "sepconv_3x"; did you mean "sepconv_3x3"\?/,
    ],
    ['width: 96\n', 'width: 97\n', /my\.yaml: stages\.2\.operations\.6: shuffle needs an even output width .* not 97/],
    ['width: 96\n', 'width: -96\n', /^my\.yaml: stages\.2\.width: /],
    ['squeeze-excite: false', 'squeeze-exite: false', /my\.yaml: stages\.0: .*squeeze-exite/],
    ['stride: 2', 'stride: 1', /^my\.yaml: stages: must have four stages with stride 2/],
    ['mbv3_5x5, ', 'mbv3_5x5, mbv3_5x5, ', /my\.yaml: stages\.0\.operations\.2: mbv3_5x5 is listed twice in one form/],
    ['[mbv3_3x3', '[[mbv3_3x3', /^my\.yaml: not valid YAML: /],
  ];
  for (const [from, to, message] of wrong)
    expect(() => parseSpace(personText.replace(from, to), 'my.yaml')).toThrow(message);
  const skipOnly = personText.replace(/&all \[.*\]/, '&all [skip]');
  expect(() => parseSpace(skipOnly, 'my.yaml')).toThrow(
    /stages\.0\.operations: the layer from 16 to 32 channels has no operation left/,
  );
});
