import { evaluate } from '../../src/engine/plain/index.ts';
import type { Results } from '../../src/engine/results.ts';
import { placeText } from '../../src/problems/problem.ts';
import type { Program } from '../../src/rules/program.ts';
import type { Workbook } from '../../src/workbook/port.ts';
import { type Parts, program } from './program.ts';
import { shown } from './shown.ts';

/** Problems as `code place rule key`; places in rules as `rule`. */
export function problems(results: Results): string[] {
  return results.problems.map(({ code, at: place, rule: name, key }) =>
    [code, place?.kind === 'cell' ? placeText(place) : 'rule', name, key]
      .filter((x) => x !== undefined)
      .join(' '),
  );
}

/** A program of parts, evaluated value by value. */
export function run(workbook: Workbook, parts: Parts): Results & { readonly program: Program } {
  const p = program(workbook, parts);
  return { ...evaluate(p, workbook), program: p };
}

/** A computed column, row by row, in short. */
export const cells = (results: Results, id: number, rows: number): string[] =>
  Array.from({ length: rows }, (_, row) => shown(results.columns[id]?.at(row)));
