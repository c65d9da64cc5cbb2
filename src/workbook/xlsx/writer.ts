import { DAY_FORMAT, isDateFormat, TIME_FORMAT } from '../dateFormat.ts';
import type { OutputCell, OutputChart, OutputColumn } from '../port.ts';
import { type PackageEditor, packageEditor } from './editor.ts';
import { applyEdits, type Edit, editTag, insertChild, prefixOf } from './edits.ts';
import { readDates } from './formats.ts';
import { findPart } from './package.ts';
import type { ColumnStyle, HeaderStyle } from './serialise.ts';
import type { BookSheet, Structure } from './structure.ts';
import { addStyleLike, addStyles, baseStyles, type StyleRequest } from './writeStyles.ts';
import { child, children, parsePart, type XmlNode } from './xml.ts';

/** What is needed of a sheet to write it. */
export interface OutputLike {
  readonly name: string;
  readonly table?: string;
  readonly columns: readonly OutputColumn[];
  readonly rows: Iterable<readonly OutputCell[]>;
  readonly charts?: readonly OutputChart[];
}

/** What draws charts; left out where none are ever written, it is not loaded. */
export interface ChartWriter {
  /** Makes the drawing of a new sheet; the id of its relation, null where the sheet has no charts. */
  drawingOf(writer: BookWriter, part: string, name: string, sheet: OutputLike): string | null;
  /** Puts the charts of a sheet that is written anew in place of those of ours; what others drew stays. */
  putDrawing(writer: BookWriter, sheet: OutputLike, old: BookSheet, root: XmlNode, edits: Edit[]): void;
}

/** A workbook while it is being written. */
export interface BookWriter {
  readonly charts: ChartWriter | null;
  readonly structure: Structure;
  readonly editor: PackageEditor;
  /** Namespaces as this workbook has them: of its elements, of `r:id`, and the stem of relation types. */
  readonly main: string;
  readonly relationships: string;
  readonly officeTypes: string;
  /** The folder of the workbook part, with its slash. */
  readonly folder: string;
  /** Taken names, lower-cased; they grow. */
  readonly sheetNames: Set<string>;
  readonly tableNames: Set<string>;
  readonly replaced: BookSheet[];
  nextTableId(): number;
  /** Cell styles for requests, added where they are not there yet. */
  styles(requests: readonly StyleRequest[]): readonly number[];
  /** A style like another one under which a date shows, with its time of day where `time` says so. */
  dateStyle(like: number, time: boolean): number;
  /** A style like another one under which a number shows as one. */
  numberStyle(like: number): number;
  /** A calculation chain that names cells without a formula is a fault to Excel; without any it makes a new one. */
  dropCalcChain(): void;
  /** Has Excel calculate when it opens the workbook: stored results of formulas may be old. */
  calculateOnLoad(): void;
  finish(): Uint8Array;
}

const TRANSITIONAL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const STYLES_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml';

export function bookWriter(structure: Structure, charts: ChartWriter | null = null): BookWriter {
  const { zip, parts, workbook } = structure;
  const editor = packageEditor(zip, parts);
  const { root } = workbook;
  const p = prefixOf(root);
  const main = root.attributes[p === '' ? 'xmlns' : `xmlns:${p.slice(0, -1)}`] ?? '';
  const strict = main.startsWith('http://purl.oclc.org/');
  const relationships = strict ? 'http://purl.oclc.org/ooxml/officeDocument/relationships' : TRANSITIONAL;
  const tables = tableIdentities(structure);
  let tableId = Math.max(0, ...tables.map((table) => table.id));
  let stylesPart = structure.styles?.name;

  function styles(requests: readonly StyleRequest[]): readonly number[] {
    if (stylesPart === undefined) {
      stylesPart = editor.freeName(`${folder}styles.xml`);
      editor.add(stylesPart, baseStyles(main), STYLES_TYPE);
      editor.relate(workbook.name, `${relationships}/styles`, stylesPart);
    }
    const part = editor.part(stylesPart);
    const { xml, ids } = addStyles(part, requests);
    if (xml !== part.xml) editor.set(stylesPart, xml);
    return ids;
  }

  const showsDates = (style: number): boolean =>
    stylesPart !== undefined && readDates(editor.part(stylesPart))[style] === true;

  function dateStyle(like: number, time: boolean): number {
    const known = derived.get(`${like} ${time}`);
    if (known !== undefined) return known;
    const id = showsDates(like)
      ? like
      : styleLike(like, { look: 'plain', format: time ? TIME_FORMAT : DAY_FORMAT });
    derived.set(`${like} ${time}`, id);
    return id;
  }

  function numberStyle(like: number): number {
    const known = derived.get(`${like}`);
    if (known !== undefined) return known;
    const id = showsDates(like) ? styleLike(like, { look: 'plain' }) : like;
    derived.set(`${like}`, id);
    return id;
  }

  function styleLike(like: number, wanted: StyleRequest): number {
    const [plain = 0] = styles([wanted]);
    if (stylesPart === undefined) return plain;
    const part = editor.part(stylesPart);
    const { xml, id } = addStyleLike(part, like, plain);
    if (xml !== part.xml) editor.set(stylesPart, xml);
    return id;
  }

  const folder = workbook.name.slice(0, workbook.name.lastIndexOf('/') + 1);
  const replaced: BookSheet[] = [];
  const derived = new Map<string, number>();
  let calculates = false;
  let chain = structure.relations.list.find((one) => one.type === 'calcChain')?.target;
  const names = children(child(root, 'definedNames'), 'definedName').map(
    (node) => node.attributes.name ?? '',
  );

  return {
    charts,
    structure,
    editor,
    main,
    relationships,
    officeTypes: relationships,
    folder,
    sheetNames: new Set(
      children(child(root, 'sheets'), 'sheet').map((node) => (node.attributes.name ?? '').toLowerCase()),
    ),
    tableNames: new Set([...tables.map((table) => table.name), ...names].map((name) => name.toLowerCase())),
    replaced,
    nextTableId: () => ++tableId,
    styles,
    dateStyle,
    numberStyle,
    dropCalcChain() {
      if (chain !== undefined && findPart(parts, chain) !== undefined) editor.remove(chain, workbook.name);
      chain = undefined;
    },
    calculateOnLoad() {
      calculates = true;
    },
    finish() {
      if (calculates || (replaced.length > 0 && refersToOurs(structure, replaced)))
        calculateOnLoad(structure, editor);
      return editor.finish();
    },
  };
}

/** Ids and names of all table parts, those of sheets that nobody reads too. */
function tableIdentities({
  zip,
  parts,
}: Structure): readonly { readonly id: number; readonly name: string }[] {
  const found: { id: number; name: string }[] = [];
  for (const [key, entry] of parts) {
    if (!/(?:^|\/)tables\/[^/]+\.xml$/.test(key)) continue;
    parsePart(zip, entry, {
      open(_, attributes) {
        found.push({
          id: Number(attributes.id ?? 0) || 0,
          name: attributes.displayName ?? attributes.name ?? '',
        });
        return false;
      },
      text() {},
      close: () => true,
    });
  }
  return found;
}

/** Whether a formula or a defined name may refer to sheets that were written anew: its stored value is then old. */
function refersToOurs({ zip, sheets, workbook }: Structure, replaced: readonly BookSheet[]): boolean {
  const words = replaced.flatMap((sheet) => [sheet.name, ...sheet.tables.map((table) => table.name)]);
  const mentions = (text: string): boolean => {
    const folded = text.toLowerCase();
    return words.some((word) => folded.includes(word.toLowerCase()));
  };
  if (children(child(workbook.root, 'definedNames'), 'definedName').some((node) => mentions(node.text)))
    return true;
  for (const sheet of sheets) {
    if (replaced.includes(sheet)) continue;
    let inFormula = false;
    let formula = '';
    let found = false;
    parsePart(zip, sheet.entry, {
      open(name) {
        inFormula = name === 'f' || name.endsWith(':f');
        if (inFormula) formula = '';
        return true;
      },
      text(piece) {
        if (inFormula) formula += piece;
      },
      close() {
        if (inFormula && mentions(formula)) found = true;
        inFormula = false;
        return !found;
      },
    });
    if (found) return true;
  }
  return false;
}

/** Excel's own order of the workbook's children up to where `calcPr` stands. */
const BEFORE_CALC = [
  'fileVersion',
  'fileSharing',
  'workbookPr',
  'workbookProtection',
  'bookViews',
  'sheets',
  'functionGroups',
  'externalReferences',
  'definedNames',
];

function calculateOnLoad({ workbook }: Structure, editor: PackageEditor): void {
  const { xml, root } = editor.part(workbook.name);
  const node = child(root, 'calcPr');
  const edit =
    node === undefined
      ? insertChild(root, BEFORE_CALC, `<${prefixOf(root)}calcPr fullCalcOnLoad="1"/>`)
      : editTag(xml, node, { fullCalcOnLoad: '1' });
  editor.set(workbook.name, applyEdits(xml, [edit]));
}

/** Cell styles for the columns of a sheet of ours, and for its headings. */
export function sheetStyles(
  writer: BookWriter,
  columns: readonly OutputColumn[],
): { readonly header: HeaderStyle; readonly columns: readonly ColumnStyle[] } {
  const requests: StyleRequest[] = [{ look: 'header' }, { look: 'right header' }];
  for (const { format } of columns) {
    const dated = format !== undefined && isDateFormat(format);
    requests.push(format === undefined ? { look: 'plain' } : { look: 'plain', format });
    requests.push({ look: 'plain', format: dated ? format : DAY_FORMAT });
    requests.push({ look: 'plain', format: dated ? format : TIME_FORMAT });
  }
  const ids = writer.styles(requests);
  return {
    header: { left: ids[0] ?? 0, right: ids[1] ?? 0 },
    columns: columns.map((_, i) => ({
      plain: ids[3 * i + 2] ?? 0,
      day: ids[3 * i + 3] ?? 0,
      time: ids[3 * i + 4] ?? 0,
    })),
  };
}
