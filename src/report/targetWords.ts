import type { Language } from '../problems/messages/index.ts';
import { safe } from './width.ts';

/** Why a name and a key lead to nothing, where the problem has no sentence of its own. */
export interface TargetWords {
  readonly noName: (name: string) => string;
  readonly ofScalar: (name: string) => string;
  readonly needsKey: (name: string, table: string) => string;
  readonly ambiguous: (name: string, tables: readonly string[]) => string;
  readonly leftOut: (key: string, table: string) => string;
  readonly noKey: (key: string, table: string, suggestion: string | undefined) => string;
}

const EN: TargetWords = {
  noName: (name) => `No rule, column or defined name is called ${safe(name)}.`,
  ofScalar: (name) => `${name} is one value, not a column: leave the key out.`,
  needsKey: (name, table) => `${name} is a column of ${table}: name the key of a row after it.`,
  ambiguous: (name, tables) =>
    `Several tables have ${name}: write ${tables.map((table) => `${table}[${name}]`).join(' or ')}.`,
  leftOut: (key, table) => `The row ${key} of ${table} is left out by the table's \`where\`.`,
  noKey: (key, table, suggestion) =>
    `${table} has no row with the key ${key}.${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`}`,
};

const ZH_CN: TargetWords = {
  noName: (name) => `没有名为“${safe(name)}”的规则、列或定义的名称。`,
  ofScalar: (name) => `“${name}”是单个值而不是列，请去掉编号。`,
  needsKey: (name, table) => `“${name}”是数据表“${table}”中的列，请在其后写明行的编号。`,
  ambiguous: (name, tables) =>
    `多个数据表都有“${name}”，请写成 ${tables.map((table) => `${table}[${name}]`).join(' 或 ')}。`,
  leftOut: (key, table) => `数据表“${table}”中编号为 ${key} 的行已被该表的“其中”条件排除。`,
  noKey: (key, table, suggestion) =>
    `数据表“${table}”中没有编号 ${key}。${suggestion === undefined ? '' : `您是不是要写 ${suggestion}？`}`,
};

export function targetWords(language: Language): TargetWords {
  return language === 'en' ? EN : ZH_CN;
}
