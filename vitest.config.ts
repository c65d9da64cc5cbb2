import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that put something in a module's place: only in a process of their own is nobody else's module loaded before. */
const MOCKED = 'test/**/*.mocked.test.ts';

/**
 * What takes long, or waits for a build that others wait for, comes first: nothing long is left over at the end, while one
 * worker has nothing to do. A clean checkout knows no times of earlier runs.
 */
const FIRST = [
  'manifest/manifest',
  'audit/recompute',
  'browser/',
  'readme',
  'cli/insight',
  'sources/',
  'samples/',
  'serve/',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = FIRST.findIndex((part) => moduleId.includes(`/test/${part}`));
      return found < 0 ? FIRST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/support/setup.ts'],
    testTimeout: 240_000,
    hookTimeout: 300_000,
    // What comes at last may come late on a machine that has much to do.
    expect: { poll: { timeout: 30_000 } },
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
