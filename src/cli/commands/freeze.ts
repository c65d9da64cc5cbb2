import { words } from '../../report/words.ts';
import { saveFile } from '../../workbook/save.ts';
import { freezeXlsx } from '../../workbook/xlsx/freeze.ts';
import { readBytes, sameKind } from '../../workbook/xlsx/open.ts';
import type { Io, Status } from '../io.ts';
import type { FreezeRequest } from '../request.ts';
import { texts } from '../texts.ts';

/** `allot freeze`: a copy of a workbook with values in place of our functions. */
export async function freeze({ book, out, language }: FreezeRequest, io: Io): Promise<Status> {
  sameKind(book, out);
  const { bytes, sheets, names, left } = freezeXlsx(await readBytes(book), book);
  await saveFile(out, bytes);
  const t = texts(language);
  const said = [
    words(language).wrote(out),
    ...sheets.map(({ sheet, cells, errors }) => t.frozenSheet(sheet, cells, errors)),
    ...(sheets.length === 0 ? [t.nothingFrozen] : []),
    ...(names.length === 0 ? [] : [t.namesRemoved(names)]),
    ...left.map(t.callLeft),
  ];
  await io.err([`${said.join('\n')}\n`]);
  return 0;
}
