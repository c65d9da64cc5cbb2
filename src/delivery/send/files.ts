import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { systemError } from '../../workbook/bookError.ts';
import { saveFile } from '../../workbook/save.ts';
import { csvBytes, xlsxBytes } from '../files.ts';
import {
  type Confirmed,
  type Content,
  DeliveryRefused,
  type Destination,
  type Own,
  type Paying,
} from '../model.ts';
import { filled, namedIn } from '../place.ts';

/**
 * Writes a file, whole or not at all. One that is there is never replaced: either it is the same to the byte, or it is refused.
 * Refuses with a BookError and a DeliveryRefused.
 */
export async function sendFile(
  { kind, location }: Pick<Destination, 'kind' | 'location'>,
  paying: Paying,
  content: Content,
  folder: string,
): Promise<Confirmed> {
  const file = path.resolve(folder, filled(location, paying));
  const bytes = bytesOf(kind, file, content);
  const found = await readFile(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw systemError(file, error);
  });
  if (found !== null) {
    const known = kind === 'voucher' || tellsRuns(location, content);
    if (found.equals(bytes) && known) return 'there';
    if (found.equals(bytes)) throw new DeliveryRefused({ kind: 'which-run', file });
    throw new DeliveryRefused({ kind: 'other-file', file });
  }
  await saveFile(file, bytes);
  return 'delivered';
}

/**
 * Whether a file's place or its lines (as those of a voucher do) tell runs apart. Else one that is the same may be an earlier
 * run's of equal amounts, by which nobody is paid now. A number alone is one of many ledgers'.
 */
function tellsRuns(location: string, { fields }: Content): boolean {
  const place = namedIn(location);
  const has = (own: Own): boolean => fields.some((field) => field.own === own);
  if (place.run || has('run')) return true;
  return (place.number || has('number')) && (place.asOf || has('as_of'));
}

/** What is written: by the end of its name. Refuses with a DeliveryRefused. */
function bytesOf(kind: Destination['kind'], file: string, content: Content): Uint8Array {
  const type = path.extname(file).toLowerCase();
  if (type === '.csv') return csvBytes(content);
  if (kind === 'voucher' && type === '.xlsx') return xlsxBytes(content, 'Voucher');
  const types = kind === 'voucher' ? ['.csv', '.xlsx'] : ['.csv'];
  throw new DeliveryRefused({ kind: 'file-type', location: path.basename(file), types });
}
