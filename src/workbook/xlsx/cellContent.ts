import { isoOfMs, serialOfMs } from '../../exact/date.ts';
import { toDouble } from '../../exact/rational.ts';
import type { OutputCell } from '../port.ts';
import { xmlText } from './escape.ts';
import { inlineXml } from './serialise.ts';

/** What a formula came to, or what is typed that is no formula; `error` is an Excel error value such as `#N/A`. */
export type CellInput = OutputCell | { readonly kind: 'error'; readonly text: string };

export type CellContent =
  | CellInput
  | {
      readonly kind: 'formula';
      /** As people write it, with or without its `=`, or as a file stores it. */
      readonly formula: string;
      /** What it came to; without it Excel calculates when the workbook is opened. */
      readonly cached?: CellInput;
      /**
       * How many rows and columns it spills over, itself included: such a formula is dynamic. Without it a formula that
       * stays goes on spilling as it did, and one that may spill does so when Excel calculates.
       */
      readonly spill?: { readonly rows: number; readonly columns: number };
    };

/** A cell that somebody typed into; row and column from 1. */
export interface CellEdit {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly value: CellContent;
}

/** The pieces of a cell's XML: the type attribute and what stands inside besides a formula. */
export interface CellXml {
  readonly type: string | undefined;
  readonly inner: string;
}

/** Whether a value is kept as a date's number. */
export function isDateNumber(value: CellInput, date1904: boolean): value is OutputCell & { kind: 'date' } {
  return value.kind === 'date' && serial(value, date1904) !== null;
}

function serial(value: OutputCell & { kind: 'date' }, date1904: boolean): number | null {
  const found = serialOfMs(Math.round(toDouble(value.ms)), date1904);
  return found < (date1904 ? 0 : 1) ? null : found;
}

/** A value that stands on its own; text is written into the cell. */
export function valueXml(p: string, value: CellInput, date1904: boolean): CellXml {
  switch (value.kind) {
    case 'text':
      return value.value === '' ? NOTHING : { type: 'inlineStr', inner: inlineXml(p, value.value) };
    case 'date':
      if (serial(value, date1904) === null)
        return { type: 'inlineStr', inner: inlineXml(p, dateText(value)) };
      return stored(p, value, date1904);
    case 'blank':
    case 'number':
    case 'logical':
    case 'error':
      return stored(p, value, date1904);
    default: {
      const never: never = value;
      return never;
    }
  }
}

/** The value that a formula came to. */
export function cachedXml(p: string, value: CellInput | undefined, date1904: boolean): CellXml {
  if (value === undefined || value.kind === 'blank') return NOTHING;
  return stored(p, value, date1904);
}

const NOTHING: CellXml = { type: undefined, inner: '' };

function stored(p: string, value: CellInput, date1904: boolean): CellXml {
  const v = (text: string): string => `<${p}v>${text}</${p}v>`;
  switch (value.kind) {
    case 'blank':
      return NOTHING;
    case 'number':
      return { type: undefined, inner: v(String(toDouble(value.value))) };
    case 'text':
      return { type: 'str', inner: v(xmlText(value.value)) };
    case 'date': {
      const number = serial(value, date1904);
      if (number === null) return { type: 'str', inner: v(dateText(value)) };
      return { type: undefined, inner: v(String(number)) };
    }
    case 'logical':
      return { type: 'b', inner: v(value.value ? '1' : '0') };
    case 'error':
      return { type: 'e', inner: v(xmlText(value.text)) };
    default: {
      const never: never = value;
      return never;
    }
  }
}

const dateText = (value: OutputCell & { kind: 'date' }): string =>
  isoOfMs(Math.round(toDouble(value.ms))).replace('T', ' ');
