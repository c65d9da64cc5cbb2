import type { BookReader, BookStore } from '../workbook/port.ts';
import type { AuditSource } from './audit.ts';
import type { BookData } from './protocol.ts';

/** A book that is somewhere else: what it holds is asked for when it is needed. */
export function bookOver(data: BookData, source: AuditSource): BookReader & BookStore {
  const { rules, hasRules, names, problems, tables } = data;
  return {
    rules,
    hasRules,
    names,
    problems,
    tables,
    async read(only = tables.map(({ name }) => name)) {
      return { rules, hasRules, names, problems, tables: await source.tables(only) };
    },
    // Not the source itself: what asks back from another thread is asked by its members.
    ours: (name) => source.ours(name),
    part: (name) => source.part(name),
  };
}
