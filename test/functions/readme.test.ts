import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { functionsTable } from '../../src/functions/catalogue.ts';

it('the README lists the functions as the catalogue describes them', () => {
  expect(readFileSync('README.md', 'utf8')).toContain(functionsTable('en').trim());
});
