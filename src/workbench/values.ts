import type { ArrayValueObject, BaseValueObject } from '@univerjs/presets/preset-sheets-core';
import type { Answer, CellValue } from '../live/queries.ts';

/** The grid's formula engine: its classes, handed over so that tests can bring those of another build. */
export type Engine = Pick<
  typeof import('@univerjs/presets/preset-sheets-core'),
  | 'ArrayValueObject'
  | 'BaseFunction'
  | 'BooleanValueObject'
  | 'ErrorType'
  | 'ErrorValueObject'
  | 'FormulaDataModel'
  | 'FunctionType'
  | 'IDescriptionService'
  | 'IFunctionService'
  | 'NumberValueObject'
  | 'StringValueObject'
>;

/** What a function was given: values as our functions want them, or the first error among them. */
export type Given =
  | { readonly kind: 'values'; readonly values: readonly unknown[] }
  | { readonly kind: 'error'; readonly error: BaseValueObject };

/** Reads the engine's arguments: a blank is null, several cells are rows. An error stays what it is, as in Excel. */
export function readVariants(variants: readonly BaseValueObject[]): Given {
  const values: unknown[] = [];
  for (const variant of variants) {
    if (!variant.isArray()) {
      if (variant.isError()) return { kind: 'error', error: variant };
      values.push(plain(variant));
      continue;
    }
    const rows: CellValue[][] = [];
    for (const row of (variant as ArrayValueObject).getArrayValue()) {
      const line: CellValue[] = [];
      for (const cell of row) {
        if (cell?.isError()) return { kind: 'error', error: cell };
        line.push(cell ? plain(cell) : null);
      }
      rows.push(line);
    }
    const single = rows.length === 1 && rows[0]?.length === 1;
    values.push(single ? (rows[0]?.[0] ?? null) : rows);
  }
  return { kind: 'values', values };
}

function plain(variant: BaseValueObject): CellValue {
  return variant.isNull() ? null : variant.getValue();
}

/** An answer as the engine takes it; several cells spill. */
export function resultOf(answer: Answer, engine: Engine): BaseValueObject {
  if (answer.kind === 'error') return engine.ErrorValueObject.create(errorType(answer.error, engine));
  const { rows } = answer;
  const width = rows[0]?.length ?? 0;
  if (rows.length === 1 && width === 1) return cellObject(rows[0]?.[0] ?? null, engine);
  return engine.ArrayValueObject.create({
    calculateValueList: rows.map((row) => row.map((cell) => cellObject(cell, engine))),
    rowCount: rows.length,
    columnCount: width,
    unitId: '',
    sheetId: '',
    row: -1,
    column: -1,
  });
}

function cellObject(value: CellValue, engine: Engine): BaseValueObject {
  switch (typeof value) {
    case 'number':
      return engine.NumberValueObject.create(value);
    case 'boolean':
      return engine.BooleanValueObject.create(value);
    default:
      // A blank, too, is an empty text: the grid would show a 0.
      return engine.StringValueObject.create(value ?? '');
  }
}

function errorType(
  error: Extract<Answer, { kind: 'error' }>['error'],
  { ErrorType }: Engine,
): InstanceType<Engine['ErrorValueObject']>['getErrorType'] extends () => infer T ? T : never {
  switch (error) {
    case '#VALUE!':
      return ErrorType.VALUE;
    case '#N/A':
      return ErrorType.NA;
    case '#NUM!':
      return ErrorType.NUM;
    case '#DIV/0!':
      return ErrorType.DIV_BY_ZERO;
    default: {
      const never: never = error;
      return never;
    }
  }
}

/** An answer of one cell as the grid keeps it; null where it is of several. */
export function cellOf(answer: Answer): { readonly v: string | number; readonly t: number } | null {
  if (answer.kind === 'error') return { v: answer.error, t: 1 };
  const { rows } = answer;
  if (rows.length !== 1 || rows[0]?.length !== 1) return null;
  const value = rows[0]?.[0] ?? null;
  if (typeof value === 'number') return { v: value, t: 2 };
  if (typeof value === 'boolean') return { v: value ? 1 : 0, t: 3 };
  return { v: value ?? '', t: 1 };
}
