import { describe, expect, it } from 'vitest';
import { ONE } from '../../../src/exact/rational.ts';
import type { CellContent } from '../../../src/workbook/xlsx/cellContent.ts';
import { data, num, type RawBook, rawBook, row } from '../rawBook.ts';
import { cellOf, partsOf } from './parts.ts';
import { f, n, rowsIn, sheetOf, t, type, typedInto } from './typing.ts';

const CHAIN = {
  'xl/calcChain.xml':
    '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="A1" i="1"/></calcChain>',
};

describe('formulas', () => {
  it('are typed, with what they came to', () => {
    const bytes = type(rawBook({ sheets: [{ name: 'T', xml: data(row(1, num('A1', '1', 2))) }] }), {
      A1: f('=B1&"<"&XLOOKUP(1,B:B,C:C)', '5'),
      A2: { kind: 'formula', formula: 'A1', cached: { kind: 'text', value: 'a & b' } },
      A3: f('=ALLOT.SUPPORTSCORE("E1")'),
    });
    expect(rowsIn(sheetOf(bytes))).toBe(
      row(1, '<c r="A1" s="2"><f>B1&amp;"&lt;"&amp;_xlfn.XLOOKUP(1,B:B,C:C)</f><v>5</v></c>') +
        row(2, '<c r="A2" t="str"><f>A1</f><v>a &amp; b</v></c>') +
        row(3, '<c r="A3"><f>_xldudf_ALLOT_SUPPORTSCORE("E1")</f></c>'),
    );
    expect(partsOf(bytes)['xl/workbook.xml']).toContain('<calcPr fullCalcOnLoad="1"/>');
  });

  it('that stay keep how they are written, and the chain', () => {
    const xml = data(row(1, '<c r="A1"><f ca="1">_xldudf_ALLOT_RULE( "x" )</f><v>1</v></c>'));
    expect(rowsIn(typedInto(xml, { A1: f('=ALLOT.RULE( "x" )', '2') }))).toBe(
      row(1, '<c r="A1"><f ca="1">_xldudf_ALLOT_RULE( "x" )</f><v>2</v></c>'),
    );
    expect(rowsIn(typedInto(xml, { A1: f('=ALLOT.RULE( "x" )') }))).toBe(/<row.*<\/row>/.exec(xml)?.[0]);
  });

  it('that go take the chain of calculation with them', () => {
    const book: RawBook = {
      sheets: [{ name: 'T', xml: data(row(1, '<c r="A1"><f>1+1</f><v>2</v></c>', num('B1', '1'))) }],
      parts: {
        ...CHAIN,
        '[Content_Types].xml':
          '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>',
        'xl/_rels/workbook.xml.rels':
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="c1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>',
      },
    };
    const gone = partsOf(type(rawBook(book), { A1: n('2') }));
    expect(gone['xl/calcChain.xml']).toBeUndefined();
    expect(gone['[Content_Types].xml']).not.toContain('calcChain');
    expect(gone['xl/_rels/workbook.xml.rels']).not.toContain('calcChain');
    const kept = partsOf(type(rawBook(book), { B1: n('2') }));
    expect(kept['xl/calcChain.xml']).toBe(CHAIN['xl/calcChain.xml']);
    // The formula may refer to what was typed.
    expect(kept['xl/workbook.xml']).toContain('fullCalcOnLoad="1"');
  });

  it('that are shared go on with their next cell', () => {
    const xml = data(
      row(1, '<c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$D$1</f><v>1</v></c>'),
      row(2, '<c r="B2"><f t="shared" si="0"/><v>2</v></c>'),
      row(3, '<c r="B3" s="1"><f t="shared" si="0"/><v>3</v></c>'),
    );
    expect(rowsIn(typedInto(xml, { B1: n('9') }))).toBe(
      row(1, '<c r="B1"><v>9</v></c>') +
        row(2, '<c r="B2"><f t="shared" ref="B2:B3" si="0">A2*$D$1</f><v>2</v></c>') +
        row(3, '<c r="B3" s="1"><f t="shared" si="0"/><v>3</v></c>'),
    );
    expect(rowsIn(typedInto(xml, { B1: n('9'), B2: n('8') }))).toContain(
      '<c r="B3" s="1"><f t="shared" ref="B3" si="0">A3*$D$1</f><v>3</v></c>',
    );
    // The same formula as before is no change, wherever in the group.
    expect(rowsIn(typedInto(xml, { B1: f('=A1*$D$1', '7'), B3: f('=A3*$D$1', '6') }))).toBe(
      row(1, '<c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$D$1</f><v>7</v></c>') +
        row(2, '<c r="B2"><f t="shared" si="0"/><v>2</v></c>') +
        row(3, '<c r="B3" s="1"><f t="shared" si="0"/><v>6</v></c>'),
    );
  });

  const SPILL = data(
    row(
      1,
      '<c r="A1" cm="1"><f t="array" ref="A1:B2">_xlfn.SEQUENCE(2,2)</f><v>1</v></c>',
      num('B1', '2', 4),
    ),
    row(2, num('A2', '3'), num('B2', '4')),
  );

  it('that spill go whole', () => {
    expect(rowsIn(typedInto(SPILL, { A1: n('9') }))).toBe(
      row(1, '<c r="A1"><v>9</v></c>', '<c r="B1" s="4"/>') +
        row(2, '<c r="A2" s="0"/>', '<c r="B2" s="0"/>'),
    );
  });

  it('that are in the way of a value say so', () => {
    expect(rowsIn(typedInto(SPILL, { B2: n('9') }))).toBe(
      row(
        1,
        '<c r="A1" cm="1" t="e"><f t="array" ref="A1">_xlfn.SEQUENCE(2,2)</f><v>#SPILL!</v></c>',
        '<c r="B1" s="4"/>',
      ) + row(2, '<c r="A2" s="0"/>', '<c r="B2" s="0"><v>9</v></c>'),
    );
  });

  it('that spill as before take new values where they spilled', () => {
    const spill = { rows: 2, columns: 2 };
    const again: CellContent = {
      kind: 'formula',
      formula: '=SEQUENCE(2,2)',
      spill,
      cached: { kind: 'number', value: ONE },
    };
    expect(rowsIn(typedInto(SPILL, { A1: again, B2: n('5') }))).toBe(
      /<row.*<\/row>/s.exec(SPILL)?.[0].replace('<v>4</v>', '<v>5</v>'),
    );
  });

  it('go on spilling where nobody says otherwise', () => {
    const same = rowsIn(typedInto(SPILL, { A1: f('=SEQUENCE(2,2)', '7') }));
    expect(same).toBe(/<row.*<\/row>/s.exec(SPILL)?.[0].replace('<v>1</v>', '<v>7</v>'));
    expect(rowsIn(typedInto(SPILL, { A1: f('=SEQUENCE(3)', '7') }))).toBe(
      row(
        1,
        '<c r="A1" cm="1"><f t="array" ref="A1">_xlfn.SEQUENCE(3)</f><v>7</v></c>',
        '<c r="B1" s="4"/>',
      ) + row(2, '<c r="A2" s="0"/>', '<c r="B2" s="0"/>'),
    );
  });

  it('of ours that give many cells are typed as Excel would', () => {
    const xml = typedInto('<sheetData/>', {
      A1: f('=ALLOT.STATEMENT("E1")'),
      B1: f('=ALLOT.RULE("reward")'),
      C1: f('=ALLOT.RULE("reward","E1")'),
      D1: f('=SUM(ALLOT.RULE("reward"))'),
    });
    expect(xml.match(/cm="1"><f t="array" ref="[A-Z]1"/g)).toEqual([
      'cm="1"><f t="array" ref="A1"',
      'cm="1"><f t="array" ref="B1"',
    ]);
  });

  it('of the old kind over several cells are not changed in part', () => {
    const old = SPILL.replace(' cm="1"', '');
    for (const ref of ['A1', 'B2'])
      expect(() => typedInto(old, { [ref]: n('9') })).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining({ reason: 'unsupported', detail: `T!${ref}` }),
        }),
      );
  });

  it('that come to spill are marked as such, once for all', () => {
    const spill = { rows: 3, columns: 1 };
    const bytes = type(rawBook({ sheets: [{ name: 'T', xml: '<sheetData/>' }] }), {
      A1: { kind: 'formula', formula: '=ALLOT.EXPLAIN("x")', spill, cached: { kind: 'text', value: 'why' } },
      A2: t('because'),
      C1: { kind: 'formula', formula: '=SEQUENCE(3)', spill },
    });
    expect(rowsIn(sheetOf(bytes))).toBe(
      row(
        1,
        '<c r="A1" t="str" cm="1"><f t="array" ref="A1:A3">_xldudf_ALLOT_EXPLAIN("x")</f><v>why</v></c>',
        '<c r="C1" cm="1"><f t="array" ref="C1:C3">_xlfn.SEQUENCE(3)</f></c>',
      ) + row(2, '<c r="A2" t="inlineStr"><is><t>because</t></is></c>'),
    );
    const metadata = partsOf(bytes)['xl/metadata.xml'] ?? '';
    expect(metadata.match(/<metadataType /g)).toHaveLength(1);
    expect(metadata).toContain('<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata>');
    expect(metadata).toContain('fDynamic="1"');
    // A second time the mark that is there is taken.
    const again = type(bytes, { E1: { kind: 'formula', formula: '=SEQUENCE(2)', spill } });
    expect(cellOf(sheetOf(again), 'E1')).toContain('cm="1"');
    expect(partsOf(again)['xl/metadata.xml']).toBe(metadata);
  });
});
