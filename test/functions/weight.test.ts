import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** Modules that a module loads, itself among them; packages by their names. Types are not loaded. */
function loaded(entry: string): ReadonlySet<string> {
  const found = new Set<string>();
  const left = [path.join(SRC, entry)];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [statement, from = ''] of text.matchAll(/(?:^|\n)(?:import|export)\s[^;]*?from '([^']+)';/g)) {
      if (/^\s*(?:import|export) type /.test(statement)) continue;
      if (from.startsWith('.')) left.push(path.resolve(path.dirname(file), from));
      else found.add(from);
    }
  }
  return new Set([...found].map((name) => (path.isAbsolute(name) ? path.relative(SRC, name) : name)));
}

describe('what functions load at start', () => {
  it('is little: no parser, no engine, no report, no interface', () => {
    const modules = [...new Set([...loaded('functions/excel.ts'), ...loaded('functions/follow.ts')])];
    expect(modules).toContain('engine/plain/share.ts');
    expect(modules).toContain('functions/allocate.ts');
    const heavy =
      /chevrotain|preact|fluentui|codemirror|grammar\/(?!keywords|tokens)|^(?:report|rules|taskpane|workbook)\//;
    expect(modules.filter((name) => heavy.test(name))).toEqual([]);
    expect(modules.filter((name) => name.startsWith('engine/')).sort()).toEqual([
      ...['engine/plain/share.ts', 'engine/plain/values.ts'],
    ]);
    expect(modules.filter((name) => !name.endsWith('.ts'))).toEqual(['decimal.js']);
  });
});
