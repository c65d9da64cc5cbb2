import { strToU8, zipSync } from 'fflate';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface RawSheet {
  readonly name: string;
  /** The children of `worksheet`, or the whole part where it begins with `<?xml` or a prefix is used. */
  readonly xml: string;
  readonly state?: string;
  /** Relations of the sheet, by id: last word of the type and target. */
  readonly rels?: Readonly<Record<string, readonly [string, string]>>;
}

export interface RawBook {
  readonly sheets: readonly RawSheet[];
  readonly strings?: string;
  readonly styles?: string;
  /** Inside `workbook`, before and after the list of sheets. */
  readonly before?: string;
  readonly after?: string;
  readonly parts?: Readonly<Record<string, string>>;
  /** How the workbook's relations point at its sheets. */
  readonly target?: (n: number) => string;
}

const rels = (list: readonly (readonly [string, string, string])[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${REL}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** The parts of a workbook, put down by hand. */
export function rawParts(book: RawBook): Record<string, string> {
  const target = book.target ?? ((n) => `worksheets/sheet${n}.xml`);
  const sheets = book.sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${name}" sheetId="${i + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="s${i + 1}"/>`,
  );
  const list: [string, string, string][] = book.sheets.map((_, i) => [
    `s${i + 1}`,
    'worksheet',
    target(i + 1),
  ]);
  if (book.strings !== undefined) list.push(['x1', 'sharedStrings', 'sharedStrings.xml']);
  if (book.styles !== undefined) list.push(['x2', 'styles', 'styles.xml']);
  const parts: Record<string, string> = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>',
    '_rels/.rels': rels([['r1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${REL}">${book.before ?? ''}<sheets>${sheets.join('')}</sheets>${book.after ?? ''}</workbook>`,
    'xl/_rels/workbook.xml.rels': rels(list),
  };
  book.sheets.forEach((sheet, i) => {
    const whole = sheet.xml.startsWith('<?xml') || /^<[a-z]+:worksheet/.test(sheet.xml);
    parts[`xl/worksheets/sheet${i + 1}.xml`] = whole
      ? sheet.xml
      : `<worksheet xmlns="${MAIN}" xmlns:r="${REL}">${sheet.xml}</worksheet>`;
    if (sheet.rels !== undefined)
      parts[`xl/worksheets/_rels/sheet${i + 1}.xml.rels`] = rels(
        Object.entries(sheet.rels).map(([id, [type, to]]) => [id, type, to]),
      );
  });
  if (book.strings !== undefined)
    parts['xl/sharedStrings.xml'] = `<sst xmlns="${MAIN}">${book.strings}</sst>`;
  if (book.styles !== undefined)
    parts['xl/styles.xml'] = `<styleSheet xmlns="${MAIN}">${book.styles}</styleSheet>`;
  return { ...parts, ...book.parts };
}

export function zipParts(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, xml]) => [name, typeof xml === 'string' ? strToU8(xml) : xml]),
    ),
  );
}

export function rawBook(book: RawBook): Uint8Array {
  return zipParts(rawParts(book));
}

/** A row of cells that are already XML. */
export const row = (n: number, ...cells: string[]): string => `<row r="${n}">${cells.join('')}</row>`;
export const str = (ref: string, text: string): string =>
  `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
export const num = (ref: string, v: string, s = 0): string => `<c r="${ref}" s="${s}"><v>${v}</v></c>`;
export const data = (...rows: string[]): string => `<sheetData>${rows.join('')}</sheetData>`;
