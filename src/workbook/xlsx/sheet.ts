import { columnOf, MAX_COLUMN, MAX_ROW } from '../area.ts';
import { fileError } from '../bookError.ts';
import { finishCell, type RawCell } from './rawCell.ts';
import { scanCells } from './scan.ts';
import { localName, parsePart, parseTexts, partText, type XmlHandler } from './xml.ts';
import { LIMITS, type Zip, type ZipEntry } from './zip.ts';

/**
 * Hands the cells of a sheet to `take`, those without any content too, in the order of the file; the object is used
 * again for the next one. Stops where `take` says false. Refuses with `broken-part`.
 */
export function eachCell(zip: Zip, entry: ZipEntry, take: (cell: Readonly<RawCell>) => boolean): void {
  if (entry.size > LIMITS.whole) {
    firstCells(zip, entry, take);
    return;
  }
  const xml = partText(zip, entry);
  const cell = emptyCell();
  const scanned = scanCells(xml, cell, take);
  if (scanned === null) parseTexts(zip, entry, [xml], cellHandler(zip, entry, cell, take));
  else if (!scanned.stopped) {
    // What the scanner leaves over goes the thorough way, with the beginning for its place in the document.
    const { headEnd, at, inRow, row, column } = scanned;
    cell.row = inRow ? row - 1 : row;
    const handler = cellHandler(zip, entry, cell, take, inRow ? column : 0);
    parseTexts(zip, entry, [xml.slice(0, headEnd), inRow ? '<row>' : '', xml.slice(at)], handler);
  }
}

/** The same for a reader who wants the first rows only: no more is unpacked than it takes. */
export function firstCells(zip: Zip, entry: ZipEntry, take: (cell: Readonly<RawCell>) => boolean): void {
  parsePart(zip, entry, cellHandler(zip, entry, emptyCell(), take));
}

function emptyCell(): RawCell {
  return { row: 0, column: 0, type: 'n', text: '', style: 0, formula: false };
}

/** `cell.row` is the row before the first; `skipped` is how many columns of the first row have been seen. */
function cellHandler(
  zip: Zip,
  entry: ZipEntry,
  cell: RawCell,
  take: (cell: Readonly<RawCell>) => boolean,
  skipped = 0,
): XmlHandler {
  let { row } = cell;
  let seen = skipped;
  let column = 0;
  let inRow = false;
  let inCell = false;
  // What text belongs to at this moment: nothing, a value, or a run of an inline string.
  let collecting = false;
  let phonetic = 0;
  let inline = false;
  let valued = false;
  let sawData = false;

  const broken = (at: string): never => {
    throw fileError(zip.path, 'broken-part', `${entry.name} ${at}`);
  };

  function openRow(r: string | undefined): void {
    const next = r === undefined ? row + 1 : Number(r);
    if (!Number.isInteger(next) || next < 1 || next > MAX_ROW) broken(`row ${r ?? next}`);
    row = next;
    inRow = true;
    column = seen;
    seen = 0;
  }

  function openCell(attributes: Readonly<Record<string, string>>): void {
    const { r } = attributes;
    column = r === undefined ? column + 1 : columnOf(r);
    if (column < 1 || column > MAX_COLUMN || row < 1) broken(r ?? `row ${row}`);
    cell.row = row;
    cell.column = column;
    cell.type = attributes.t ?? 'n';
    cell.style = attributes.s === undefined ? 0 : Number(attributes.s);
    cell.text = '';
    cell.formula = false;
    inCell = true;
    inline = false;
    valued = false;
  }

  return {
    open(name, attributes) {
      switch (localName(name)) {
        case 'c':
          if (inRow) openCell(attributes);
          break;
        case 'v':
          collecting = inCell && !inline;
          valued = true;
          break;
        case 'row':
          if (sawData) openRow(attributes.r);
          break;
        case 'f':
          if (inCell) cell.formula = true;
          break;
        case 'is':
          inline = inCell;
          break;
        case 't':
          collecting = inline && phonetic === 0;
          break;
        case 'rPh':
          phonetic++;
          break;
        case 'sheetData':
          sawData = true;
          break;
      }
      return true;
    },
    text(piece) {
      if (collecting) cell.text += piece;
    },
    close(name) {
      switch (localName(name)) {
        case 'c':
          if (!inCell) return true;
          inCell = false;
          finishCell(cell, valued);
          return take(cell);
        case 'v':
        case 't':
          collecting = false;
          break;
        case 'is':
          inline = false;
          break;
        case 'rPh':
          phonetic--;
          break;
        case 'row':
          inRow = false;
          break;
        case 'sheetData':
          sawData = false;
          break;
      }
      return true;
    },
  };
}
