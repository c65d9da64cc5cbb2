import type { Contestant } from './contestant.ts';
import { decimalColumns } from './decimals.ts';
import { duckdb } from './duckdb.ts';
import { floatColumns, floatValues } from './float.ts';
import { hyperformula } from './hyperformula.ts';
import { office } from './office.ts';
import { oursColumns, oursEvaluation, oursValues } from './ours.ts';
import { postgres } from './postgres.ts';
import { feelin, publicodes, zen } from './rowwise.ts';

/** Everybody, by the name that a process is started with. */
export const CONTESTANTS = {
  'float-columns': floatColumns,
  'ours-columns': oursColumns,
  'ours-evaluation': oursEvaluation,
  'float-values': floatValues,
  'ours-values': oursValues,
  decimal: decimalColumns,
  duckdb1: duckdb(1),
  duckdb2: duckdb(2),
  postgres,
  hyperformula,
  zen,
  feelin,
  publicodes,
  office,
} as const satisfies Readonly<Record<string, Contestant>>;

export type ContestantName = keyof typeof CONTESTANTS;
export const isContestant = (name: string): name is ContestantName => Object.hasOwn(CONTESTANTS, name);
