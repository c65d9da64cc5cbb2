import { columnOf } from '../../../src/workbook/area.ts';
import { type BookModel, cellAt, findSheet, type SheetModel } from './model.ts';

/**
 * A calculator of the few formulas that tests need: numbers, texts, + - * / and &, cells (`A1`, `'My sheet'!$A$1`), columns of
 * tables (`Table[column]`) and SUM. Anything else is `#NAME?`.
 */
export type Result = number | string | boolean | { readonly error: string };

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|"((?:[^"]|"")*)"|(#[A-Z/0]+[!?])|((?:'(?:[^']|'')+'|[\p{L}\p{N}_.]+)!)?(\$?[A-Z]{1,3}\$?\d+)(?![\w[(])|([\p{L}_][\p{L}\p{N}_.]*)\[([^\]]*)\]|(SUM)\(|([-+*/&(),])|(.))/uy;

class Failure extends Error {}

export function evaluate(book: BookModel, sheet: SheetModel, formula: string): Result {
  const tokens: RegExpExecArray[] = [];
  const scan = new RegExp(TOKEN);
  scan.lastIndex = 1;
  while (scan.lastIndex < formula.length) {
    const token = scan.exec(formula);
    if (token === null) break;
    tokens.push(token);
  }
  let at = 0;
  const operator = (): string | undefined => tokens[at]?.[9];

  function single(values: readonly Result[]): Result {
    const [value = 0] = values;
    if (typeof value === 'object') throw new Failure(value.error);
    return value;
  }

  function number(values: readonly Result[]): number {
    const value = single(values);
    const x = value === '' ? 0 : Number(value);
    if (Number.isNaN(x)) throw new Failure('#VALUE!');
    return x;
  }

  function factor(): readonly Result[] {
    const token = tokens[at++];
    if (token === undefined) throw new Failure('#NAME?');
    const [, digits, text, error, where, reference, table, column, sum, mark] = token;
    if (digits !== undefined) return [Number(digits)];
    if (text !== undefined) return [text.replaceAll('""', '"')];
    if (error !== undefined) throw new Failure(error);
    if (reference !== undefined) return [cell(where, reference)];
    if (table !== undefined) return tableColumn(table, column ?? '');
    if (sum !== undefined) {
      let total = 0;
      for (;;) {
        for (const value of expression())
          if (typeof value === 'object') throw new Failure(value.error);
          else if (typeof value === 'number') total += value;
        if (operator() !== ',') break;
        at++;
      }
      at++;
      return [total];
    }
    if (mark === '(') {
      const inside = expression();
      at++;
      return inside;
    }
    if (mark === '-') return [-number(factor())];
    throw new Failure('#NAME?');
  }

  function cell(where: string | undefined, reference: string): Result {
    const name = where?.slice(0, -1).replace(/^'|'$/g, '').replaceAll("''", "'");
    const other = name === undefined ? sheet : findSheet(book, name);
    if (other === undefined) throw new Failure('#REF!');
    const plain = reference.replaceAll('$', '');
    const found = cellAt(other, Number(/\d+$/.exec(plain)?.[0]), columnOf(plain));
    return found.isError ? { error: String(found.value) } : found.value;
  }

  function tableColumn(name: string, heading: string): readonly Result[] {
    for (const other of book.sheets)
      for (const table of other.tables) {
        if (table.name.toLowerCase() !== name.toLowerCase()) continue;
        const index = table.columns.findIndex((one) => one.name.toLowerCase() === heading.toLowerCase());
        if (index < 0) throw new Failure('#REF!');
        const values: Result[] = [];
        for (let row = table.area.top + 1; row <= table.area.bottom; row++) {
          const found = cellAt(other, row, table.area.left + index);
          values.push(found.isError ? { error: String(found.value) } : found.value);
        }
        return values;
      }
    throw new Failure('#REF!');
  }

  function term(): readonly Result[] {
    let left = factor();
    for (let op = operator(); op === '*' || op === '/'; op = operator()) {
      at++;
      const a = number(left);
      const b = number(factor());
      if (op === '/' && b === 0) throw new Failure('#DIV/0!');
      left = [op === '*' ? a * b : a / b];
    }
    return left;
  }

  function expression(): readonly Result[] {
    let left = term();
    for (let op = operator(); op === '+' || op === '-' || op === '&'; op = operator()) {
      at++;
      const right = term();
      if (op === '&') left = [`${String(single(left))}${String(single(right))}`];
      else left = [op === '+' ? number(left) + number(right) : number(left) - number(right)];
    }
    return left;
  }

  try {
    const value = single(expression());
    return at < tokens.length ? { error: '#NAME?' } : value;
  } catch (error) {
    if (error instanceof Failure) return { error: error.message };
    throw error;
  }
}

/** Calculates until nothing changes any more; the sheets in which something did. */
export function calculate(book: BookModel): readonly SheetModel[] {
  const touched = new Set<SheetModel>();
  for (let round = 0; round < 20; round++) {
    let changed = false;
    for (const sheet of book.sheets)
      for (const line of sheet.cells.values())
        for (const cell of line.values()) {
          if (cell.formula === null) continue;
          const result = evaluate(book, sheet, cell.formula);
          const value = typeof result === 'object' ? result.error : result;
          const isError = typeof result === 'object';
          if (value === cell.value && isError === cell.isError) continue;
          cell.value = value;
          cell.isError = isError;
          changed = true;
          touched.add(sheet);
        }
    if (!changed) break;
  }
  return [...touched];
}
