import { Buffer } from 'node:buffer';
import writeFileAtomic from 'write-file-atomic';
import { systemError } from './bookError.ts';

/** Writes a file all or nothing: beside its place first, then flushed and renamed. Refuses with `not-writable`. */
export async function saveFile(file: string, bytes: Uint8Array): Promise<void> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await writeFileAtomic(file, buffer, { fsync: true }).catch((error: unknown) => {
    throw systemError(file, error, true);
  });
}
