import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
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
  const found = (await fileAt(file)) ?? (await put(file, bytes));
  if (found === null) return 'delivered';
  const known = kind === 'voucher' || tellsRuns(location, content);
  if (found.equals(bytes) && known) return 'there';
  if (found.equals(bytes)) throw new DeliveryRefused({ kind: 'which-run', file });
  throw new DeliveryRefused({ kind: 'other-file', file });
}

/** What a file holds; null where there is none. Refuses with a BookError. */
function fileAt(file: string): Promise<Buffer | null> {
  return readFile(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw systemError(file, error);
  });
}

/** Puts a file where there is none. Where somebody else was quicker, what theirs holds; else null. Refuses with a BookError. */
async function put(file: string, bytes: Uint8Array): Promise<Buffer | null> {
  const beside = `${file}.${randomUUID()}.part`;
  try {
    await writeFile(beside, bytes, { flag: 'wx', flush: true });
    // Unlike a renamed file a link takes nobody's place.
    await link(beside, file);
    return null;
  } catch (error) {
    const other = codeOf(error) === 'EEXIST' ? await fileAt(file) : null;
    // There are file systems without links.
    if (other === null) await saveFile(file, bytes);
    return other;
  } finally {
    await rm(beside, { force: true }).catch(() => {});
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

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
