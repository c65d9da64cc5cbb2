import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests that put something in a module's place: only in a process of their own is nobody else's module loaded before. */
const MOCKED = 'test/**/*.mocked.test.ts';

export default defineConfig({
  test: {
    globalSetup: ['test/support/setup.ts'],
    testTimeout: 240_000,
    hookTimeout: 300_000,
    pool: 'forks',
    // By default there would be one on a machine with two processors.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        // Loading the modules anew for each of two hundred files would take a third of the time.
        test: {
          name: 'all',
          include: ['test/**/*.test.ts'],
          exclude: [MOCKED, '**/node_modules/**'],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'mocked', include: [MOCKED] } },
    ],
  },
});
