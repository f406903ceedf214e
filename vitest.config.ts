import { defineConfig } from 'vitest/config';

// unit: needs nothing outside npm. real: starts real programs (influxd, mosquitto, chromium, ptys).
// long: outlasts CI, run by hand.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Generous: a busy machine is no failure, and what hangs is still found.
          testTimeout: 60_000,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.real.test.ts', 'test/**/*.long.test.ts'],
        },
      },
      {
        test: {
          name: 'real',
          include: ['test/**/*.real.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: { name: 'long', include: ['test/**/*.long.test.ts'], testTimeout: 3_600_000 },
      },
    ],
    maxWorkers: 2,
  },
});
