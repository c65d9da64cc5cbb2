import { cellRational } from '../exact/decimal.ts';
import { equal, toDouble } from '../exact/rational.ts';
import type { Value } from '../exact/value.ts';
import { csvText } from '../report/csvField.ts';
import { widthOf } from '../report/width.ts';
import type { OutputCell, OutputColumn } from '../workbook/port.ts';
import { buildWorkbook } from '../workbook/xlsx/build.ts';
import { amountText } from './decimals.ts';
import { valueText } from './json.ts';
import { type Content, DeliveryRefused, EXAMPLES } from './model.ts';

/** As UTF-8, with the mark by which spreadsheets know it; lines end in CRLF. The same content gives the same bytes. */
export function csvBytes({ fields, rows, decimals }: Content): Uint8Array {
  const lines = [
    fields.map(({ name }) => name),
    ...rows.map((row) =>
      row.map((value, i) => valueText(value, fields[i]?.own === 'amount' ? decimals : null)),
    ),
  ];
  return new TextEncoder().encode(`\ufeff${csvText(lines)}`);
}

const WIDEST = 40;

/** As a workbook of one table. Amounts that a cell can't keep to the last digit are refused. The same content gives the same bytes. */
export function xlsxBytes(content: Content, name: string): Uint8Array {
  const { fields, rows, decimals } = content;
  const long = rows.flatMap((row) =>
    row.flatMap((value) =>
      value.kind === 'number' && !equal(cellRational(toDouble(value.value)), value.value)
        ? [amountText(value.value, decimals)]
        : [],
    ),
  );
  if (long.length > 0)
    throw new DeliveryRefused({ kind: 'digits', count: long.length, members: long.slice(0, EXAMPLES) });
  const columns = fields.map(({ name: heading, own }, i): OutputColumn => {
    const width = Math.max(...[heading, ...rows.map((row) => valueText(row[i], decimals))].map(widthOf));
    const format =
      own === 'amount' ? amountFormat(decimals) : rows[0]?.[i]?.kind === 'date' ? 'yyyy-mm-dd' : null;
    return { heading, width: Math.min(width, WIDEST) + 2, ...(format === null ? {} : { format }) };
  });
  return buildWorkbook({
    sheets: [{ kind: 'table', name, columns, rows: rows.map((row) => row.map(cellOf)) }],
  });
}

const amountFormat = (decimals: number | null): string | null =>
  decimals === null ? null : decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`;

/** Texts are texts in a workbook's cell, whatever they begin with. */
const cellOf = (value: Value): OutputCell => value;
