/** Makes the sample workbooks beside this script: `npx tsx samples/make.ts`. */
import { writeFileSync } from 'node:fs';
import { sampleBooks } from './make/books.ts';
import { workbookBytes } from './make/write.ts';

for (const book of sampleBooks()) {
  const bytes = workbookBytes(book);
  writeFileSync(new URL(book.file, import.meta.url), bytes);
  console.error(`${book.file}: ${bytes.length} bytes`);
}
