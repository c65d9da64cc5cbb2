import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildOnce } from '../support/builds.ts';
import { kib, type Parts, partsOf } from './chunks.ts';

let folder = '';
let parts: Parts;
beforeAll(async () => {
  folder = await buildOnce('addin');
  parts = partsOf('addin');
});

/** KiB, gzip. */
const BUDGETS = [
  ['start', 90],
  ['worker', 177],
  ['audit', 42],
  ['compare', 20],
  ['would', 15],
  ['review', 16],
  ['insight', 80],
  ['refresh', 80],
  ['pane', 240],
  ['editor', 140],
  ['insightPage', 8],
  ['refreshPage', 8],
  ['reviewPage', 8],
  ['excelExtra', 6],
  ['packs', 15],
] as const;

describe('bundle budgets', () => {
  test.each(BUDGETS)('%s ≤ %i KiB', (part, budget) => {
    const size = kib(folder, parts[part]);
    console.info(`${part}: ${size.toFixed(1)} of ${budget} KiB (${[...parts[part]].join(', ')})`);
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThanOrEqual(budget);
  });

  test('every script and style of the build is in one of the parts', () => {
    const counted = new Set(BUDGETS.flatMap(([part]) => [...parts[part]]));
    const built = readdirSync(folder).filter((file) => /\.[0-9a-f]{10}\.(js|css)$/.test(file));
    expect(built.filter((file) => !counted.has(file))).toEqual([]);
    expect(built.length).toBeGreaterThan(3);
  });

  test('the start has neither pane nor engine, the add-in no grid', () => {
    const isIn = (pattern: RegExp): boolean => parts.modules.some((module) => pattern.test(module));
    expect(isIn(/^src\/live\//)).toBe(true);
    expect(isIn(/node_modules\/@codemirror\//)).toBe(true);
    expect(isIn(/@univerjs/)).toBe(false);
    expect(isIn(/^src\/(cli|workbench)\//)).toBe(false);
  });

  test('no code is made from text, and no source maps are shipped', () => {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
      const text = readFileSync(path.join(folder, file), 'utf8');
      expect(text.match(/\bnew Function\(|[^.\w]eval\(|sourceMappingURL/g), file).toBeNull();
    }
  });
});
