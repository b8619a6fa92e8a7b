import { describe, expect, test } from 'vitest';
import { consoleSummary } from '../../src/report/console.ts';
import { markdownReport } from '../../src/report/markdown.ts';
import { exampleResult } from './example.ts';

/** A table's rows without the padding that aligns them. */
const squeeze = (text: string) => text.replaceAll(/ +/g, ' ');

describe('the Markdown report', () => {
  const report = squeeze(markdownReport(exampleResult));

  test('begins with the verdict and its reason', () => {
    expect(report.startsWith('**Pass.** The network meets every budget.\n')).toBe(true);
  });

  test('compares head with the baselines, dashes for what was not measured', () => {
    expect(report).toContain('| **c1** | 93.1 % | 94.0 % | 2.92 M | 350.00 M | 9.21 ms | 9.90 ms | 108.6 |');
    expect(report).toContain('| mobilenetv3-large | 92.9 % |');
    expect(report).toContain('| untrained | - | - | 1.00 M | 5.00 M | - | - | - |');
  });

  test('gives each budget with its margin', () => {
    expect(report).toContain('| `max-latency-vs mobilenetv3-large` | 9.40 ms | 9.21 ms | met, +0.19 ms (+2.0 %) |');
    expect(report).toContain('| `min-miou` | 94.0 % | 93.1 % | **missed, -0.9 pt (-0.9 %)** |');
    expect(report).toContain('| `min-fps` | 30.0 FPS | - | not measured |');
  });

  test('lists the architecture layer by layer, with the size of the map that each layer leaves', () => {
    expect(report).toContain('| 0 | s4 | `mbv3_3x3` | 16 -> 16 | 64 | hswish | |');
    expect(report).toContain('| 3 | s32 | `mbv3_3x3` | 64 -> 96 | 64 | hswish | yes |');
  });

  test('states the facts of the search, the candidates and the machine', () => {
    for (const fact of [
      '1.8 % mean absolute error (bias -0.3 %) on 10 held-out subnets',
      'predictor 0.987, multiply-accumulates 0.610',
      '41.2 % of unconstrained paths meet the limit.',
      '1.000 before, 0.710 after',
      '| **c1** (chosen) | -4.40 | 9.30 ms | 9.21 ms | 89.0 % |',
      '| processor | Example CPU \\| 8 cores (virtual machine) |',
      '| runtime | ONNX Runtime 1.30.0 |',
      '| commit | 0123abc |',
    ])
      expect(report).toContain(fact);
  });

  test('says how sure the accuracy is, and which photos are worst', () => {
    const [head, ...others] = exampleResult.networks;
    const facts = {
      seeds: { mious: [0.931, 0.935], mean: 0.933, deviation: 0.0028 },
      miouInterval: [0.921, 0.9412] as [number, number],
      boundaryIou: 0.61,
      flicker: 0.034,
      worst: [{ id: 'street/0007', miou: 0.51, personIou: 0.4 }],
      worstPicture: 'worst.jpg',
      improved: { over: 'large|net', photos: [{ id: 'street/0009', miou: 0.8, before: 0.6 }], picture: 'improved.jpg' },
    };
    const baseline = { ...others[0]!, miouInterval: [0.92, 0.93] as [number, number] };
    const lead = { headLead: { value: 0.004, interval: [-0.001, 0.009] as [number, number] } };
    const networks = [
      { ...head!, ...facts },
      { ...baseline, ...lead },
    ];
    const text = squeeze(markdownReport({ ...exampleResult, networks }));
    expect(text).toContain('| c1 | 93.30 % | 92.10 to 94.12 | 2 | 0.28 pt | 61.0 % | 3.4 % | - |');
    expect(text).toContain('| 1 | - | - | - | +0.40 (-0.10 to +0.90) pt |');
    expect(text).toContain('| street/0007 | 51.0 % | 40.0 % |');
    expect(text).toContain('](worst.jpg)');
    expect(text).toContain('| photo | mIoU of large\\|net | mIoU of head |');
    expect(text).toContain('| street/0009 | 60.0 % | 80.0 % |');
    expect(text).toContain('](improved.jpg)');
  });

  test('leaves out the stages that were not run', () => {
    const { predictor, supernet, search, derive, architecture, maxLatencyMs, commit, ...rest } = exampleResult;
    const short = markdownReport({ ...rest, budgets: [] });
    for (const heading of ['## Budgets', '## Architecture', '## Search', '## Candidates', 'commit']) {
      expect(short).not.toContain(heading);
    }
    expect(short).not.toContain('undefined');
  });
});

test('the console summary aligns networks and budgets and ends with the verdict', () => {
  const lines = consoleSummary(exampleResult).split('\n');
  expect(lines[0]).toBe('Example CPU | 8 cores, 2 threads, input 160 x 160');
  const at = lines.findIndex((line) => line.startsWith('network'));
  expect(lines[at + 1]!.indexOf('93.1 %')).toBe(lines[at + 2]!.indexOf('92.9 %'));
  expect(lines.some((line) => /^min-miou +93\.1 % of 94\.0 % +missed/.test(line))).toBe(true);
  expect(lines.at(-1)).toBe('Pass: The network meets every budget.');
});
