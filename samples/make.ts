/**
 * Makes the sample workbooks beside this script: `npx tsx samples/make.ts`.
 * `npx tsx samples/make.ts FOLDER SEED [plain]` makes them in another folder with another seed, `plain` without the
 * bottlenecks and the holiday peaks.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleBooks } from './make/books.ts';
import { making } from './make/making.ts';
import { workbookBytes } from './make/write.ts';

const [folder = fileURLToPath(new URL('.', import.meta.url)), seed, what] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const book of sampleBooks(making(seed, what !== 'plain'))) {
  const bytes = workbookBytes(book);
  writeFileSync(path.join(folder, book.file), bytes);
  console.error(`${book.file}: ${bytes.length} bytes`);
}
