import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulaTokens, usesOurs } from '../../../src/workbook/xlsx/formula.ts';
import { shiftFormula } from '../../../src/workbook/xlsx/references.ts';
import { shownFormula, storedFormula } from '../../../src/workbook/xlsx/shown.ts';
import { asRanges } from '../../../src/workbook/xlsx/spillReferences.ts';
import { renamed } from '../../../src/workbook/xlsx/tableEdits.ts';

const noNames = (): null => null;

describe('formulas taken apart', () => {
  it('lose nothing, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...`A1$"'[]()!:,;# .xALLOT_规则@{}\\+-&`, '""', "''", '😀') }),
        (formula) => {
          expect(
            formulaTokens(formula)
              .map((token) => token.text)
              .join(''),
          ).toBe(formula);
        },
      ),
    );
  });

  it.each([
    '_xldudf_ALLOT_SUPPORTSCORE("E1")',
    '_xldudf_allot_supportscore("E1")',
    'ALLOT.SUPPORTSCORE("E1")',
    'IF(A1>0,1+ROUND(_xldudf_ALLOT_RULE("x",A1),2),"")',
    '[2]!_xldudf_ALLOT_RULE("x")',
    '\'https://example.test/add-in.xml\'!_xldudf_ALLOT_RULE("x")',
    '_xlfn.MAP(A1:A3,_xldudf_ALLOT_STEPS)',
    '_xlfn.SINGLE(_xldudf_ALLOT_STATEMENT("E1"))',
    '"quoted "" ALLOT.X("&ALLOT.RULE("x")',
    "'It''s'!A1+ALLOT.RULE(\"x\")",
    'Table1[[#This Row],[a\'[b]]]+ALLOT.RULE("x")',
  ])('%s calls one of our functions', (formula) => {
    expect(usesOurs(formula, noNames)).toBe(true);
  });

  it.each([
    '"ALLOT.X("',
    'A1&" says ALLOT.RULE(""x"")"',
    "'ALLOT.X('!A1",
    'ALLOT.Sheet!A1',
    'Table1[ALLOT.RULE(]',
    'Table1[[#This Row],[ALLOT.RULE(x)]]',
    'ALLOT.Table[base]',
    'ALLOTMENT.RULE("x")',
    'MYALLOT.RULE("x")',
    'ALLOT(1)',
    '_xldudf_OTHER_RULE("x")',
    '_xldudf_ALLOTTED_RULE("x")',
    'SUM(A1:A3)',
  ])('%s does not', (formula) => {
    expect(usesOurs(formula, noNames)).toBe(false);
  });

  it('asks about the names of the workbook, with their sheets', () => {
    const asked: [string, string | null][] = [];
    usesOurs(`SUPPORTSCORE("x")+Sheet1!mine+'a ''b'!other+A1`, (name, sheet) => {
      asked.push([name, sheet]);
      return null;
    });
    expect(asked).toEqual([
      ['SUPPORTSCORE', null],
      ['mine', 'Sheet1'],
      ['other', "a 'b"],
      ['A1', null],
    ]);
    // A cell range that happens to be called like a function of ours.
    expect(usesOurs('ALLOT.TOTAL+1', (name) => (name === 'ALLOT.TOTAL' ? false : null))).toBe(false);
  });
});

/** As typed, and as Excel keeps it. */
const STORED: readonly (readonly [string, string])[] = [
  ['SUM(A1:A3)', 'SUM(A1:A3)'],
  ['ALLOT.SUPPORTSCORE("E1")', '_xldudf_ALLOT_SUPPORTSCORE("E1")'],
  ['XLOOKUP(A1,B:B,C:C)', '_xlfn.XLOOKUP(A1,B:B,C:C)'],
  ['SORT(FILTER(A1:A3,B1:B3))', '_xlfn._xlws.SORT(_xlfn._xlws.FILTER(A1:A3,B1:B3))'],
  ['SUM(B2#)+"A1#"', 'SUM(_xlfn.ANCHORARRAY(B2))+"A1#"'],
  ["ROWS('My sheet'!$B$2#)", "ROWS(_xlfn.ANCHORARRAY('My sheet'!$B$2))"],
  ['LET(x,1,y,x+1,x*y)', '_xlfn.LET(_xlpm.x,1,_xlpm.y,_xlpm.x+1,_xlpm.x*_xlpm.y)'],
  ['LAMBDA(member,ALLOT.RULE(member))', '_xlfn.LAMBDA(_xlpm.member,_xldudf_ALLOT_RULE(_xlpm.member))'],
  ['"XLOOKUP("&Table1[XLOOKUP(]', '"XLOOKUP("&Table1[XLOOKUP(]'],
  ['IF(A1="",#N/A,A1)', 'IF(A1="",#N/A,A1)'],
  ['Days!A1+1', 'Days!A1+1'],
];

describe('formulas in a file', () => {
  it.each(STORED)('%s is kept as %s', (shown, stored) => {
    expect(storedFormula(`=${shown}`)).toBe(stored);
    expect(shownFormula(stored)).toBe(shown);
    expect(storedFormula(stored)).toBe(stored);
  });

  it('mark the parameters that may be left out', () => {
    expect(storedFormula('=LAMBDA(a,[b],IF(ISOMITTED(b),a,b))')).toBe(
      '_xlfn.LAMBDA(_xlpm.a,_xlop.b,IF(_xlfn.ISOMITTED(_xlpm.b),_xlpm.a,_xlpm.b))',
    );
  });

  it('show our functions without the number of the add-in', () => {
    expect(shownFormula('1+[2]!_xldudf_ALLOT_RULE("x")+[1]Sheet1!A1')).toBe('1+ALLOT.RULE("x")+[1]Sheet1!A1');
  });
});

describe('references', () => {
  it.each([
    ['A1+$A1+A$1+$A$1', 'B3+$A3+B$1+$A$1'],
    ['SUM(A1:B2)', 'SUM(B3:C4)'],
    ['SUM(A:A)+SUM(1:1)+SUM($A:A)', 'SUM(B:B)+SUM(3:3)+SUM($A:B)'],
    ['LOG10(A1)&"A1"', 'LOG10(B3)&"A1"'],
    ["'A1'!A1+Sheet1!B2", "'A1'!B3+Sheet1!C4"],
    ['Table1[A1]+A1_name+A1.x', 'Table1[A1]+A1_name+A1.x'],
    ['XFD1+A1048576', '#REF!+#REF!'],
    ['1:1+2', '3:3+2'],
    ['12345678+ABCD1', '12345678+ABCD1'],
  ])('%s, two rows down and a column on, is %s', (formula, moved) => {
    expect(shiftFormula(formula, 2, 1)).toBe(moved);
  });

  it('to what spilled become ranges', () => {
    const spilled = [{ sheet: 'My sheet', area: { top: 2, left: 2, bottom: 20, right: 4 } }];
    const ranges = (formula: string, home = 'My sheet') => asRanges(formula, home, spilled);
    expect(ranges('SUM(_xlfn.ANCHORARRAY(B2))')).toBe('SUM(B2:D20)');
    expect(ranges('SUM(_xlfn.ANCHORARRAY($B$2))')).toBe('SUM($B$2:$D$20)');
    expect(ranges("ROWS(_xlfn.ANCHORARRAY('My sheet'!B2))", 'Other')).toBe("ROWS('My sheet'!B2:D20)");
    expect(ranges('_xlfn.ANCHORARRAY(B2)', 'Other')).toBe('_xlfn.ANCHORARRAY(B2)');
    expect(ranges('_xlfn.ANCHORARRAY(B3)&"_xlfn.ANCHORARRAY(B2)"')).toBe(
      '_xlfn.ANCHORARRAY(B3)&"_xlfn.ANCHORARRAY(B2)"',
    );
  });

  it('to a column follow its heading', () => {
    const renames = [{ table: 'Staff', from: 'base', to: 'Base [pay]' }];
    expect(renamed('SUM(Staff[base])+Staff[[#This Row],[Base]]+Other[base]&"Staff[base]"', renames)).toBe(
      "SUM(Staff[Base '[pay']])+Staff[[#This Row],[Base '[pay']]]+Other[base]&\"Staff[base]\"",
    );
  });
});
