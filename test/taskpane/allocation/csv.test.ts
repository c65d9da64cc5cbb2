import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvField } from '../../../src/report/csvField.ts';
import { csvOf } from '../../../src/taskpane/pages/allocation/csv.ts';
import { changeRows, memberRows } from '../../../src/taskpane/pages/allocation/rows.ts';
import { allocationWords } from '../../../src/taskpane/pages/allocation/words.ts';
import { TRIED, VIEW } from './views.ts';

const en = allocationWords('en');

describe('csvField', () => {
  it('puts an apostrophe before what could be a formula', () => {
    expect(csvField('=1+1')).toBe("'=1+1");
    expect(csvField('+A1')).toBe("'+A1");
    expect(csvField('-A1')).toBe("'-A1");
    expect(csvField('@SUM(1)')).toBe("'@SUM(1)");
    expect(csvField('\t=1')).toBe("'\t=1");
    expect(csvField('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"');
  });

  it('leaves numbers alone, below 0 too', () => {
    expect(csvField('-59.78')).toBe('-59.78');
    expect(csvField('1265.34')).toBe('1265.34');
    expect(csvField('-1-1')).toBe("'-1-1");
  });

  it('is read back by a reader of CSV, and is never a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), (fields) => {
        const line = fields.map(csvField).join(',');
        const [read = []] = Papa.parse<string[]>(line, { delimiter: ',', newline: '\r\n' }).data;
        const undone = read.map((field, i) => (field === `'${fields[i]}` ? field.slice(1) : field));
        expect(undone).toEqual(fields);
        for (const field of read) if (!/^-?\d+(\.\d+)?$/.test(field)) expect(field).not.toMatch(/^[=+\-@]/);
      }),
    );
  });
});

describe('csvOf', () => {
  it('writes members in the order of the table, plain numbers, names beside keys', () => {
    expect(csvOf(memberRows(VIEW, en), [2, 1], 'Name')).toBe(
      [
        'Member,Name,Amount,Weight,Decided by,Quota,Floor,Cap,Team',
        'E1,李雷,46.67,100,Cap 46.67,,,46.67,North',
        "E9,'=cmd(),33.34,66.6666666667,Remainder +0.01,33.3333333333,,,South",
        '',
      ].join('\r\n'),
    );
  });

  it('writes changes with their signs', () => {
    expect(csvOf(changeRows(TRIED, VIEW, en), [1], null)).toBe(
      'Member,Difference,Before,After,Weight,Team\r\nE1,-46.67,46.67,0,,North\r\n',
    );
  });
});
