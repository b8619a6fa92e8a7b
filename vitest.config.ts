import { defineConfig } from 'vitest/config';

const shared = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 30_000 } } };
/** What these say depends on latencies that they measure: they run with nothing beside them. */
const alone = ['test/end-to-end/stored-table.test.ts', 'test/pipeline/budgets.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: alone,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...shared, name: 'alone', include: alone, sequence: { groupOrder: 1 } } },
    ],
  },
});
