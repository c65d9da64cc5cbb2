import { foldName } from '../workbook/names.ts';
import type { SheetTable, TableHead } from '../workbook/port.ts';
import type { Issue } from './issues.ts';
import { listHead, readList } from './listSheet.ts';
import { KINDS, type Mode, type Source, type SourceKind } from './model.ts';
import { mappingOf, optionsOf } from './pairs.ts';

/** The sheet that says where tables come from; a table of this name does as well. */
export const SOURCE_SHEETS = ['Sources', '数据源'] as const;

type Field = 'table' | 'kind' | 'location' | 'query' | 'mapping' | 'options' | 'mode' | 'note';

const HEADINGS: Readonly<Record<Field, readonly string[]>> = {
  table: ['Table', '数据表'],
  kind: ['Kind', '类型'],
  location: ['Location', '位置'],
  query: ['Query', '查询'],
  mapping: ['Mapping', '列对应'],
  options: ['Options', '选项'],
  mode: ['Mode', '方式'],
  note: ['Note', '备注'],
};
const NEEDED = ['table', 'kind', 'location'] as const;

const KIND_WORDS: Readonly<Record<string, SourceKind>> = {
  postgres: 'postgresql',
  mariadb: 'mysql',
  xlsx: 'workbook',
  excel: 'workbook',
  工作簿: 'workbook',
};
const MODE_WORDS: Readonly<Record<string, Mode>> = {
  '': 'replace',
  replace: 'replace',
  merge: 'merge',
  替换: 'replace',
  合并: 'merge',
};

export interface SourceSheet {
  readonly sources: readonly Source[];
  readonly issues: readonly Issue[];
}

/** The table of sources among those of a book; undefined where it has none. */
export function sourceHead(tables: readonly TableHead[]): TableHead | undefined {
  return listHead(tables, SOURCE_SHEETS);
}

/** Reads the sheet `Sources`: a row a source; rows without a table are notes. Whatever can't be read is an issue at its row. */
export function readSources(table: SheetTable, tables: readonly TableHead[]): SourceSheet {
  const { lacking, rows } = readList(table, HEADINGS, NEEDED);
  const issues: Issue[] = lacking.map((one) => ({ severity: 'error', ...one }));
  const sources: Source[] = [];
  for (const row of rows) {
    const { at, text } = row;
    const bad = (field: Field, known?: readonly string[]): void => {
      issues.push({ severity: 'error', ...row.bad(field, known) });
    };
    const name = text('table');
    if (name === '') continue;
    const head = tables.find((one) => foldName(one.name) === foldName(name));
    if (head === undefined || head.name === table.name) {
      issues.push({ severity: 'error', kind: 'unknown-table', table: name, at });
      continue;
    }
    const kind = kindOf(text('kind'));
    const mode = MODE_WORDS[text('mode').toLowerCase()];
    const mapping = mappingOf(text('mapping'));
    const options = optionsOf(text('options'));
    if (kind === undefined) bad('kind', KINDS);
    if (mode === undefined) bad('mode', ['replace', 'merge']);
    if (mapping === null) bad('mapping');
    if (options === null) bad('options');
    if (text('location') === '') bad('location');
    if (sources.some((one) => one.table === head.name))
      issues.push({ severity: 'error', kind: 'twice', table: head.name, at });
    if (kind === undefined || mode === undefined || mapping === null || options === null) continue;
    sources.push({
      table: head.name,
      kind,
      location: text('location'),
      query: text('query'),
      mapping,
      options,
      mode,
      note: text('note'),
      at,
    });
  }
  return { sources, issues };
}

function kindOf(text: string): SourceKind | undefined {
  const folded = text.toLowerCase();
  return KINDS.find((kind) => kind === folded) ?? KIND_WORDS[folded];
}
