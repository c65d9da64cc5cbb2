import { type CellName, cellReference, parseArea } from '../area.ts';
import { fileError } from '../bookError.ts';
import { isOurSheet, isRuleSheet } from '../names.ts';
import type { TableShape } from '../tableReading.ts';
import { findPart, needPart, type Parts, partsOf, type Relations, readRelations } from './package.ts';
import { child, children, prefixed, readTree, unescapeText, type XmlPart } from './xml.ts';
import type { Zip, ZipEntry } from './zip.ts';

export interface ExcelTable extends TableShape {
  readonly part: string;
}

export interface BookSheet {
  readonly name: string;
  readonly part: string;
  readonly entry: ZipEntry;
  readonly relations: Relations;
  readonly tables: readonly ExcelTable[];
  readonly use: 'rules' | 'ours' | 'data';
}

/** What a workbook is made of, before any cell is read. */
export interface Structure {
  readonly zip: Zip;
  readonly parts: Parts;
  readonly workbook: XmlPart;
  readonly relations: Relations;
  /** Worksheets in order, hidden ones too. */
  readonly sheets: readonly BookSheet[];
  readonly names: readonly CellName[];
  readonly date1904: boolean;
  readonly strings: ZipEntry | undefined;
  readonly styles: ZipEntry | undefined;
}

export function readStructure(zip: Zip): Structure {
  const parts = partsOf(zip);
  const main = mainPart(zip, parts);
  const workbook = readTree(zip, main);
  if (workbook.root.local !== 'workbook') throw fileError(zip.path, 'not-workbook');
  const relations = readRelations(zip, parts, main.name);
  const sheets = readSheets(zip, parts, workbook, relations);
  const target = (type: string): ZipEntry | undefined => {
    const relation = relations.list.find((one) => one.type === type && !one.external);
    return relation === undefined ? undefined : needPart(zip, parts, relation.target);
  };
  const flag = child(workbook.root, 'workbookPr')?.attributes.date1904;
  return {
    zip,
    parts,
    workbook,
    relations,
    sheets,
    names: readNames(workbook, sheets),
    date1904: flag === '1' || flag === 'true',
    strings: target('sharedStrings'),
    styles: target('styles'),
  };
}

function mainPart(zip: Zip, parts: Parts): ZipEntry {
  if (findPart(parts, '[Content_Types].xml') === undefined) {
    const foreign = findPart(parts, 'mimetype') !== undefined;
    throw foreign ? fileError(zip.path, 'unsupported', 'OpenDocument') : fileError(zip.path, 'not-workbook');
  }
  const relation = readRelations(zip, parts, '').list.find((one) => one.type === 'officeDocument');
  if (relation === undefined) throw fileError(zip.path, 'not-workbook');
  if (/\.bin$/i.test(relation.target)) throw fileError(zip.path, 'unsupported', '.xlsb');
  return needPart(zip, parts, relation.target);
}

function readSheets(zip: Zip, parts: Parts, workbook: XmlPart, relations: Relations): readonly BookSheet[] {
  const sheets: BookSheet[] = [];
  for (const node of children(child(workbook.root, 'sheets'), 'sheet')) {
    const id = prefixed(node, 'id');
    const relation = relations.list.find((one) => one.id === id);
    const { name } = node.attributes;
    if (relation === undefined || name === undefined) throw fileError(zip.path, 'broken-part', workbook.name);
    // Chart and dialog sheets have no cells.
    if (relation.type !== 'worksheet') continue;
    const entry = needPart(zip, parts, relation.target);
    const own = readRelations(zip, parts, entry.name);
    const use = isRuleSheet(name) ? 'rules' : isOurSheet(name) ? 'ours' : 'data';
    const tables = own.list
      .filter((one) => one.type === 'table' && !one.external)
      .map((one) => readTable(zip, needPart(zip, parts, one.target)));
    sheets.push({ name, part: entry.name, entry, relations: own, tables, use });
  }
  return sheets;
}

function readTable(zip: Zip, entry: ZipEntry): ExcelTable {
  const { root } = readTree(zip, entry);
  const {
    displayName,
    name = displayName,
    ref = '',
    headerRowCount = '1',
    totalsRowCount = '0',
  } = root.attributes;
  const area = parseArea(ref);
  const columns = children(child(root, 'tableColumns'), 'tableColumn').map(
    (node) => node.attributes.name ?? '',
  );
  if (area === null || name === undefined || columns.length !== area.right - area.left + 1)
    throw fileError(zip.path, 'broken-part', entry.name);
  return {
    name: unescapeText(displayName ?? name),
    part: entry.name,
    area,
    headerRows: Number(headerRowCount),
    totalsRows: Number(totalsRowCount),
    columns: columns.map(unescapeText),
  };
}

/** A name of the whole workbook goes before one of a sheet; among these the first sheet's. */
function readNames(workbook: XmlPart, sheets: readonly BookSheet[]): readonly CellName[] {
  const nodes = children(child(workbook.root, 'definedNames'), 'definedName');
  const global = nodes.filter((node) => node.attributes.localSheetId === undefined);
  const scoped = nodes
    .filter((node) => node.attributes.localSheetId !== undefined)
    .sort((a, b) => Number(a.attributes.localSheetId) - Number(b.attributes.localSheetId));
  const names = new Map<string, CellName>();
  for (const node of [...global, ...scoped]) {
    const name = node.attributes.name ?? '';
    const cell = cellReference(node.text);
    if (cell === null || /^_xlnm\./i.test(name) || names.has(name.toLowerCase())) continue;
    const sheet = sheets.find((one) => one.name.toLowerCase() === cell.sheet.toLowerCase());
    if (sheet !== undefined) names.set(name.toLowerCase(), { ...cell, name, sheet: sheet.name });
  }
  return [...names.values()];
}
