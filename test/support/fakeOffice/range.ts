import { columnLetters } from '../../../src/problems/problem.ts';
import { type Area, columnOf, MAX_COLUMN, MAX_ROW, parseArea } from '../../../src/workbook/area.ts';
import { changed, type FakeContext } from './context.ts';
import { fakeError } from './errors.ts';
import { type Cell, cellAt, putCell, refuseProtected, type SheetModel, shiftRows } from './model.ts';
import { FakeObject, type Source, sizeOf } from './object.ts';
import { renameColumns } from './tableModel.ts';
import { typedCell } from './typed.ts';
import { FakeWorksheet } from './worksheet.ts';

export interface RangeModel {
  readonly sheet: SheetModel;
  readonly area: Area;
}

type Members =
  | 'address'
  | 'clear'
  | 'columnCount'
  | 'columnIndex'
  | 'delete'
  | 'format'
  | 'formulas'
  | 'getCell'
  | 'insert'
  | 'isNullObject'
  | 'load'
  | 'numberFormat'
  | 'rowCount'
  | 'rowIndex'
  | 'select'
  | 'untrack'
  | 'valueTypes'
  | 'values'
  | 'worksheet';

export class FakeRange extends FakeObject<RangeModel> implements Pick<Excel.Range, Members> {
  #worksheet: FakeWorksheet | null = null;

  get address(): string {
    return this.read('address');
  }
  get rowIndex(): number {
    return this.read('rowIndex');
  }
  get columnIndex(): number {
    return this.read('columnIndex');
  }
  get rowCount(): number {
    return this.read('rowCount');
  }
  get columnCount(): number {
    return this.read('columnCount');
  }
  get valueTypes(): Excel.RangeValueType[][] {
    return this.read('valueTypes');
  }
  get values(): unknown[][] {
    return this.read('values');
  }
  set values(values: unknown[][]) {
    this.change(({ sheet, area }) => this.put(sheet, area, values), sizeOf(values));
  }
  get formulas(): unknown[][] {
    return this.read('formulas');
  }
  set formulas(formulas: unknown[][]) {
    this.values = formulas;
  }
  get numberFormat(): unknown[][] {
    return this.read('numberFormat');
  }
  set numberFormat(formats: unknown[][]) {
    this.change(({ sheet, area }) => {
      refuseProtected(sheet);
      eachOf(area, formats, (row, column, format) => {
        if (format !== null)
          putCell(sheet, row, column, { ...cellAt(sheet, row, column), format: String(format) });
      });
    }, sizeOf(formats));
  }
  get worksheet(): Excel.Worksheet {
    this.#worksheet ??= new FakeWorksheet(this.host, { find: () => this.model.sheet });
    return this.#worksheet as unknown as Excel.Worksheet;
  }
  get format(): Excel.RangeFormat {
    return new FakeFormat(this.host, { find: () => this.model }) as unknown as Excel.RangeFormat;
  }

  getCell(row: number, column: number): Excel.Range {
    return rangeProxy(this.host, () => {
      const { sheet, area } = this.model;
      return at(sheet, area.top + row, area.left + column, 1, 1);
    });
  }

  clear(applyTo?: string): void {
    this.change(({ sheet, area }) => {
      refuseProtected(sheet);
      if (applyTo !== 'Contents') throw fakeError('NotImplemented', `clear ${applyTo}`);
      for (const [row, line] of [...sheet.cells])
        if (row >= area.top && row <= area.bottom)
          for (const [column, cell] of [...line])
            if (column >= area.left && column <= area.right)
              putCell(sheet, row, column, { ...cell, value: '', isError: false, formula: null });
      renameColumns(this.host.state.book, sheet);
      changed(this.host.state, sheet);
    });
  }

  insert(shift: string): Excel.Range {
    this.change(({ sheet, area }) => {
      refuseProtected(sheet);
      wholeRows(area, shift, 'Down');
      shiftRows(sheet, area.top, area.bottom - area.top + 1);
      changed(this.host.state, sheet);
    });
    return this as unknown as Excel.Range;
  }

  delete(shift: string): void {
    this.change(({ sheet, area }) => {
      refuseProtected(sheet);
      wholeRows(area, shift, 'Up');
      shiftRows(sheet, area.top, area.top - area.bottom - 1);
      changed(this.host.state, sheet);
    });
  }

  select(): void {
    this.change(({ sheet, area }) => {
      this.host.state.book.active = { sheet, row: area.top, column: area.left };
    });
  }

  untrack(): Excel.Range {
    return this as unknown as Excel.Range;
  }

  private put(sheet: SheetModel, area: Area, values: unknown[][]): void {
    refuseProtected(sheet);
    eachOf(area, values, (row, column, value) => {
      if (value === null) return;
      putCell(sheet, row, column, typedCell(value, cellAt(sheet, row, column)));
    });
    renameColumns(this.host.state.book, sheet);
    changed(this.host.state, sheet);
  }

  protected property(name: string): unknown {
    const { sheet, area } = this.model;
    if (sheet.deleted) throw fakeError('ItemNotFound', sheet.name);
    const grid = (read: (cell: Readonly<Cell>) => unknown): unknown[][] => {
      const rows: unknown[][] = [];
      for (let row = area.top; row <= area.bottom; row++) {
        const line: unknown[] = [];
        for (let column = area.left; column <= area.right; column++)
          line.push(read(cellAt(sheet, row, column)));
        rows.push(line);
      }
      return rows;
    };
    switch (name) {
      case 'address':
        return `'${sheet.name}'!${columnLetters(area.left)}${area.top}:${columnLetters(area.right)}${area.bottom}`;
      case 'rowIndex':
        return area.top - 1;
      case 'columnIndex':
        return area.left - 1;
      case 'rowCount':
        return area.bottom - area.top + 1;
      case 'columnCount':
        return area.right - area.left + 1;
      case 'values':
        return grid((cell) => cell.value);
      case 'formulas':
        return grid((cell) => cell.formula ?? cell.value);
      case 'numberFormat':
        return grid((cell) => cell.format);
      case 'valueTypes':
        return grid(typeOf);
      default:
        return this.unknown(name);
    }
  }
}

function typeOf({ value, isError }: Readonly<Cell>): string {
  if (isError) return 'Error';
  if (typeof value === 'number') return 'Double';
  if (typeof value === 'boolean') return 'Boolean';
  return value === '' ? 'Empty' : 'String';
}

class FakeFormat extends FakeObject<RangeModel> implements Pick<Excel.RangeFormat, 'columnWidth' | 'load'> {
  get columnWidth(): number {
    return this.read('columnWidth');
  }
  set columnWidth(points: number) {
    this.change(({ sheet, area }) => {
      refuseProtected(sheet);
      for (let column = area.left; column <= area.right; column++) sheet.widths.set(column, points);
    });
  }
  protected property(name: string): unknown {
    const { sheet, area } = this.model;
    return name === 'columnWidth' ? (sheet.widths.get(area.left) ?? 48) : this.unknown(name);
  }
}

/** Visits the cells of an area with the values for them, which must be of the same shape. */
function eachOf(
  area: Area,
  values: readonly (readonly unknown[])[],
  visit: (row: number, column: number, value: unknown) => void,
): void {
  const rows = area.bottom - area.top + 1;
  const columns = area.right - area.left + 1;
  if (!Array.isArray(values) || values.length !== rows || values.some((row) => row.length !== columns))
    throw fakeError(
      'InvalidArgument',
      `${values.length} x ${values[0]?.length} values for ${rows} x ${columns} cells`,
    );
  for (const [i, line] of values.entries())
    for (const [j, value] of line.entries()) {
      if (value === undefined || (typeof value === 'number' && !Number.isFinite(value)))
        throw fakeError('InvalidArgument', 'a value that JSON does not have');
      visit(area.top + i, area.left + j, value);
    }
}

function wholeRows({ left, right }: Area, shift: string, wanted: string): void {
  if (left !== 1 || right !== MAX_COLUMN || shift !== wanted)
    throw fakeError('NotImplemented', 'part of a row');
}

/** An area of a sheet by index and size; throws InvalidArgument where that is none. */
export function at(sheet: SheetModel, top: number, left: number, rows: number, columns: number): RangeModel {
  const area = { top, left, bottom: top + rows - 1, right: left + columns - 1 };
  if (top < 1 || left < 1 || rows < 1 || columns < 1 || area.bottom > MAX_ROW || area.right > MAX_COLUMN)
    throw fakeError('InvalidArgument', `${rows} x ${columns} cells at ${top}, ${left}`);
  return { sheet, area };
}

/** `A1:B2`, `3:5`. */
export function byAddress(sheet: SheetModel, address: string): RangeModel {
  const rows = /^(\d+):(\d+)$/.exec(address);
  if (rows !== null) {
    const [, first, last] = rows;
    return { sheet, area: { top: Number(first), left: 1, bottom: Number(last), right: MAX_COLUMN } };
  }
  const area = parseArea(address);
  if (area === null || columnOf(address) === 0) throw fakeError('InvalidArgument', address);
  return { sheet, area };
}

/** A range as the adapter gets it. */
export function rangeProxy(host: FakeContext, find: () => RangeModel | null, nullable = false): Excel.Range {
  return new FakeRange(host, { find, nullable } satisfies Source<RangeModel>) as unknown as Excel.Range;
}

/** The model of a range that was handed to a method. */
export function modelOf(range: Excel.Range | string, sheet: SheetModel): RangeModel {
  if (typeof range === 'string') return byAddress(sheet, range);
  const fake: unknown = range;
  if (!(fake instanceof FakeRange)) throw fakeError('InvalidArgument', 'a range of another maker');
  return revealed(fake);
}

function revealed(range: FakeRange): RangeModel {
  return (range as unknown as { readonly model: RangeModel }).model;
}
