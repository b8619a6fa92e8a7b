import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/contracts/result.ts';
import { UserError } from '../../src/lib/errors.ts';
import { commentMarkdown, stateLine } from '../../src/report/comment.ts';
import { exampleResult, pullRequestResult } from './example.ts';

/** Rows without the padding that aligns them, plain spaces for unbroken ones. */
const squeeze = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll(/ +/g, ' ');

const comment = (result: Result, maxBytes?: number) => commentMarkdown(result, { key: 'default', maxBytes });

describe('the comment', () => {
  const text = squeeze(comment(pullRequestResult));

  test('begins with its marker and the verdict in one sentence', () => {
    const [marker, state, blank, verdict] = text.split('\n');
    expect(marker).toBe('<!-- proxyless-ci:default -->');
    expect(state).toMatch(/^<!-- proxyless-ci-state:[0-9a-f]{16} -->$/);
    expect(blank).toBe('');
    expect(verdict).toBe(`✅ **Pass.** ${pullRequestResult.reason}`);
  });

  test('puts the judged network first and base second, each with its change against base', () => {
    expect(text.split('\n').filter((line) => / MB \|/.test(line))).toEqual([
      '| **person-2.4ms** | 92.4 % | 2.42 ms (2.40 to 2.45) | 413 | 91.90 M | 0.60 M | 2.4 MB | -3.6 % | +0.3 pt |',
      '| main 4f2c9e1 (base) | 92.1 % | 2.51 ms (2.48 to 2.54) | 398 | 94.20 M | 0.62 M | 2.5 MB | - | - |',
      '| mobilenetv3-large | 92.8 % | 2.71 ms (2.68 to 2.74) | 369 | 116.80 M | 2.92 M | 11.7 MB | +8.0 % | +0.7 pt |',
      '| mobilenetv3-small | 91.3 % | 1.48 ms (1.46 to 1.50) | 676 | 35.80 M | 0.94 M | 3.8 MB | -41.0 % | -0.8 pt |',
    ]);
  });

  test('gives the comparisons, the budgets with their margins, the layers, the machine, the runtime and the commit', () => {
    for (const fact of [
      `- ✅ ${pullRequestResult.comparisons![0]!.reason}`,
      '| `min-miou` | 92.0 % | 92.4 % | met, +0.4 pt (+0.4 %) |',
      '<summary>Architecture: person-2.4ms, 14 layers</summary>',
      '| 13 | s32 | `dilconv_5x5` | 192 -> 192 |',
      '<sub>AMD EPYC 9V74 80-Core Processor, 2 threads · ONNX Runtime 1.30.0 · commit 8c1f2d9 · proxyless-ci 0.1.0</sub>',
    ])
      expect(text).toContain(fact);
  });

  test('charts accuracy over latency: the slowest is furthest right, the most accurate highest', () => {
    const place = (name: string) =>
      new RegExp(`"${name}: [^"]+": \\[([\\d.]+), ([\\d.]+)\\]`).exec(text)!.slice(1).map(Number);
    expect(place('mobilenetv3-large')).toEqual([0.82, 0.82]);
    expect(place('mobilenetv3-small')).toEqual([0.18, 0.18]);
    expect(place('person-2.4ms')[0]).toBeCloseTo(0.18 + (0.64 * (2.42 - 1.48)) / (2.71 - 1.48), 3);
  });

  test('puts the mIoU of each data set under its name, whatever the order, and shows the mean over seeds', () => {
    const [head, ...others] = pullRequestResult.networks;
    const set = (name: string, miou: number) => ({ name, images: 9, miou, personIou: miou, backgroundIou: miou });
    const sets = ['fashion', 'portraits'].map((name, i) => ({ name, weight: i, train: 9, val: 9 }));
    const text = squeeze(
      comment({
        ...pullRequestResult,
        data: { ...pullRequestResult.data!, sets },
        networks: [
          {
            ...head!,
            sets: [set('portraits', 0.9), set('fashion', 0.5)],
            seeds: { mious: [0.924, 0.914], mean: 0.919, deviation: 0.007 },
          },
          ...others,
        ],
      }),
    );
    expect(text).toMatch(/\| mIoU on \| fashion \| portraits \|\n.*\n\| person-2\.4ms \| 50\.0 % \| 90\.0 % \|/);
    expect(text).toContain('| **person-2.4ms** | 91.9 % |');
  });

  test('has no columns against base where there is none, and no chart of a single network', () => {
    const alone = comment({ ...exampleResult, networks: exampleResult.networks.slice(0, 1) });
    expect(alone).not.toContain('vs base');
    expect(alone).not.toContain('mermaid');
    expect(alone).not.toContain('undefined');
  });

  test('keeps its state over new latencies and commits, and changes it with a verdict, an accuracy or a layer', () => {
    const state = (change: Partial<Result>) => stateLine(comment({ ...pullRequestResult, ...change }));
    expect(stateLine(commentMarkdown(pullRequestResult, { key: 'default', accepted: 'label x' }))).not.toBe(state({}));
    const slower = pullRequestResult.networks.map((n) => ({ ...n, latencyP50Ms: 3, fps: 300, latencyP95Ms: 4 }));
    expect(state({ networks: slower, commit: 'f00', createdAt: '2026-05-05T05:05:05.000Z' })).toBe(state({}));
    const better = pullRequestResult.networks.map((n) => ({ ...n, miou: 0.95 }));
    const { architecture } = pullRequestResult;
    const shorter = { ...architecture!, layers: architecture!.layers.slice(1) };
    const states = [{}, { verdict: 'regression' as const }, { networks: better }, { architecture: shorter }].map(state);
    expect(new Set(states).size).toBe(4);
  });

  test('refuses a key that could end the marker', () => {
    expect(() => commentMarkdown(exampleResult, { key: 'a --> b' })).toThrow(UserError);
  });
});

describe('within a budget', () => {
  test('detail goes in the stated order, is named, and verdict, networks and machine stay', () => {
    const whole = Buffer.byteLength(comment(pullRequestResult));
    const once = comment(pullRequestResult, whole - 1);
    expect(once).toContain('_Shortened to fit; left out: candidates._');
    const small = comment(pullRequestResult, 1800);
    expect(Buffer.byteLength(small)).toBeLessThanOrEqual(1800);
    expect(small).toContain('left out: candidates, search, diagnosis, architecture, settings, chart');
    for (const kept of ['**Pass.**', '**person-2.4ms**', 'main 4f2c9e1 (base)', 'ONNX Runtime']) {
      expect(small).toContain(kept);
    }
  });

  test('two thousand networks, budgets and comparisons with long names fit', () => {
    const { networks, budgets, comparisons } = pullRequestResult;
    const many = <T>(items: readonly T[], change: Partial<T>): T[] =>
      Array.from({ length: 2000 }, (_, i) => ({ ...items[i % items.length]!, ...change }));
    const flood = comment({
      ...pullRequestResult,
      networks: many(networks, { name: '`'.repeat(500), role: 'baseline' }),
      budgets: many(budgets, { name: '|'.repeat(500) }),
      comparisons: many(comparisons!, { reason: '<'.repeat(500) }),
    });
    expect(Buffer.byteLength(flood)).toBeLessThanOrEqual(60_000);
    expect(flood).toContain('further networks');
  });
});

describe('a hostile result', () => {
  const attacks = [
    'x | y |\n| --- | --- |\n\n# owned\n- item',
    '<!-- proxyless-ci:default --><script>alert(1)</script>',
    '<img src=x onerror=alert(1)></td></table>',
    '</summary></details> `code` ``` \\` \\| `',
    '**bold** _em_ ~~gone~~ $x$ $`x`$ &lt;b&gt; &#60;b&#62;',
    '[link](https://evil.example) ![image](//evil.example/a.png)',
    '<https://evil.example> https://evil.example www.evil.example a@b.example',
    '@everyone @org/team #1 GH-2 octo/repo#3 \u202eesrever\u0000\ud800',
    '%%{init: {"securityLevel": "loose"}}%% "]: [0, 0] click',
  ];

  /** The example with every text replaced or, where it must stay as it is for the rest to be shown, left. */
  const poison = (value: unknown, attack: string, key = ''): unknown => {
    const fixed = ['schema', 'role', 'verdict', 'metric', 'outcome', 'createdAt', 'activation', 'operation'];
    if (typeof value === 'string') return fixed.includes(key) ? value : attack;
    if (Array.isArray(value)) return value.map((item) => poison(item, attack, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poison(item, attack, name)]));
  };
  const poisoned = (attack: string) => comment(poison(pullRequestResult, attack) as Result);
  const html = (text: string) => marked.parse(text, { async: false });
  const tags = (text: string) => [...html(text).matchAll(/<\/?([a-z][a-z0-9]*)/g)].map((match) => match[1]!);
  /** Budgets whose names are known stand in code, and chosen candidates in bold: neither survives the replacement. */
  const skeleton = (text: string) => tags(text).filter((tag) => !['code', 'strong'].includes(tag));

  test.each(attacks)('%j renders to the elements of a friendly result and no others', (attack) => {
    const hostile = poisoned(attack);
    expect(skeleton(hostile)).toEqual(skeleton(poisoned('friendly')));
    expect(hostile.match(/<!--/g)).toHaveLength(2);
  });

  test.each(attacks)('%j mentions nobody, refers to nothing and links nowhere', (attack) => {
    const shown = html(poisoned(attack)).replaceAll(/<(pre|code)[\s\S]*?<\/\1>|&[#\w]+;/g, ' ');
    expect(shown).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\.|\u202e/);
  });

  test.each(attacks)('%j leaves nothing but letters, digits and a few marks in the chart', (attack) => {
    const chart = /```mermaid\n([\s\S]*?)```/.exec(poisoned(attack))![1]!;
    for (const line of chart.trimEnd().split('\n').slice(4))
      expect(line).toMatch(/^ {4}"[\w .,+:%…()/-]+": \[[\d.]+, [\d.]+\] radius: \d(, color: #2da44e)?$/);
  });
});
