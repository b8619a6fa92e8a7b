import { describe, expect, test } from 'vitest';
import type { Diagnosis, Result } from '../../src/contracts/result.ts';
import { diagnosisSection } from '../../src/report/diagnosis.ts';
import { markdownReport } from '../../src/report/markdown.ts';
import { exampleResult } from './example.ts';

const derive = { ...exampleResult.derive!, silhouetteMiou: 0.6875 };
const tau = (value: number) => ({ tau: value, interval: [value - 0.2, value + 0.2] as [number, number] });
const network = (group: 'range' | 'limit', miou: number): Diagnosis['networks'][number] => ({
  ...{ group, path: [0, 1], latencyMs: 9, macs: 1e8, parameters: 1e6, supernetMiou: 0.8, mious: [miou] },
});
const diagnosis: Diagnosis = {
  epochs: 25,
  seeds: 1,
  networks: [0.9, 0.91, 0.92].map((miou) => network('limit', miou)),
  taus: [{ group: 'limit', networks: 3, supernet: tau(0.4), macs: tau(0.3), parameters: tau(0.1), latency: tau(0.2) }],
  derived: { supernetMiou: 0.89, mious: [0.95] },
};
const section = (changed: Partial<Result>): string => diagnosisSection({ ...exampleResult, derive, ...changed })!;

describe('the report says in words whether the search worked', () => {
  test('when it did', () => {
    const text = section({ diagnosis });
    expect(text).toMatch(/the derived network is above 3 random networks within the limit: 89\.0 % against 85\.0 %/);
    expect(text).toContain(
      'A constant silhouette scores 68.8 % on the same photos; random networks of the supernet differ from it by +16.2 pt',
    );
    expect(text).toContain('from two seeds: they agree (rank correlation 0.64');
    // Student's t of two degrees of freedom, 2.92, times 1 point times the root of 4/3.
    expect(text).toContain(
      'The search did better than random networks: its own reaches 95.0 %, more than 3 of them, and +4.0 pt from their mean; a further random one lies up to 3.37 points',
    );
    expect(text).toContain('| 3 within 5 % of the limit | 0.40 (0.20 to 0.60) |');
    expect(text).not.toContain('**');
    expect(markdownReport({ ...exampleResult, derive })).toContain('## Did the search work?');
  });

  test('no network counts as better than random ones that a further random one may equal', () => {
    const text = section({ diagnosis: { ...diagnosis, derived: { supernetMiou: 0.89, mious: [0.93] } } });
    expect(text).toContain(
      '**The search did not do better than random networks**: its own reaches 93.0 %, more than 3',
    );
  });

  test('when it did not', () => {
    const text = section({
      derive: { ...derive, randomSubnets: { count: 3, mean: 0.73, max: 0.9, scores: [0.6, 0.7, 0.9] } },
      search: { ...exampleResult.search!, repeatability: 0.1 },
      diagnosis: { ...diagnosis, derived: { supernetMiou: 0.89, mious: [0.905] } },
    });
    expect(text).toContain('**the search did not do better than luck**: 1 of 3 random networks');
    expect(text).toContain('**The supernet has hardly learned: its scores say little.**');
    expect(text).toContain('**they are mostly luck** (rank correlation 0.10');
    expect(text).toContain(
      '**The search did not do better than random networks**: its own reaches 90.5 %, more than 1 of them',
    );
  });

  test('and nothing where there was no search', () => {
    const { derive: _, search: __, ...rest } = exampleResult;
    expect(diagnosisSection(rest)).toBeUndefined();
  });
});
