import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = path.resolve(import.meta.dirname, '../../../src/workbook/xlsx');

/** Every module that a module brings in, packages by their names. Types alone bring nothing in. */
function broughtIn(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  for (const [, types, from = ''] of source.matchAll(
    /^(?:import|export)\s+(type\s)?[^;]*?from '([^']+)';/gms,
  )) {
    if (types !== undefined) continue;
    if (from.startsWith('.')) broughtIn(path.resolve(path.dirname(file), from), seen);
    else seen.add(from);
  }
  return seen;
}

describe('in a browser', () => {
  it.each(['book.ts', 'build.ts', 'live.ts', 'freeze.ts'])('%s needs nothing of Node', (name) => {
    const all = broughtIn(path.join(FOLDER, name));
    const packages = [...all].filter((one) => !path.isAbsolute(one));
    expect(packages).toEqual(expect.arrayContaining(['fflate', 'saxes']));
    expect(packages.filter(isBuiltin)).toEqual([]);
    for (const file of all)
      if (path.isAbsolute(file))
        expect(readFileSync(file, 'utf8'), file).not.toMatch(/\b(?:Buffer|process|require)\b[.(]/);
  });

  it('the module for Node is told apart', () => {
    expect([...broughtIn(path.join(FOLDER, 'open.ts'))]).toContain('node:fs/promises');
  });
});
