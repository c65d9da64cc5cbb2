import type { RuleFile } from '../../../grammar/tree.ts';
import { placeText } from '../../problems/problem.ts';
import type { Need } from '../../rules/dependencies.ts';
import type { Program } from '../../rules/program.ts';
import { sourceText } from '../../rules/source.ts';
import type { BookInspection, BookStore } from '../../workbook/port.ts';
import { checkResults } from './results.ts';
import type { Review, ReviewedRule } from './review.ts';
import { bandHits, coveredRows, leftOutRows, type Ran } from './rows.ts';
import { type WrittenRule, writtenRules } from './rules.ts';
import { moneyOf, needName, usersOf } from './uses.ts';

/** Reviews the rules of a book over a run of it. `inspection`: null where the book's host can't tell. */
export async function reviewBook(
  ran: Ran,
  file: RuleFile,
  book: Pick<BookStore, 'ours'>,
  inspection: BookInspection | null,
): Promise<Review> {
  const { program, results } = ran;
  const errors = results.problems.filter(({ severity }) => severity === 'error').length;
  return {
    asOf: program.asOf,
    errors,
    rules: reviewRules(ran, file, errors === 0),
    checks: program.checks.length,
    leftOut: leftOutRows(ran),
    hidden: inspection?.hidden ?? null,
    results: errors > 0 ? { kind: 'none' } : await checkResults(ran, book, inspection),
  };
}

function reviewRules(ran: Ran, file: RuleFile, paid: boolean): readonly ReviewedRule[] {
  const { program, workbook, results } = ran;
  const groups = new Map<string, WrittenRule[]>();
  for (const rule of writtenRules(file)) {
    const group = groups.get(rule.group);
    if (group === undefined) groups.set(rule.group, [rule]);
    else group.push(rule);
  }
  const needs = needsByPlace(program);
  const users = usersOf(program);
  const covered = coveredRows(ran);
  const hits = bandHits(ran);
  const money = paid ? moneyOf(program, workbook, results) : null;
  return [...groups.values()].flatMap((versions): readonly ReviewedRule[] => {
    const inForce = versions.find(({ at }) => needs.has(placeText(at)));
    const first = inForce ?? versions[0];
    if (first === undefined) return [];
    const { name, kind, table, where, at } = first;
    const need = inForce === undefined ? undefined : needs.get(placeText(at));
    const band = need?.kind === 'band' ? program.bands[need.band] : undefined;
    const rows = inForce === undefined || table === null ? null : (covered.get(placeText(at)) ?? 0);
    return [
      {
        name,
        kind,
        table,
        where,
        versions: versions.map((one) => ({ ...one.version, inForce: one === inForce })),
        rows,
        usedBy: need === undefined ? [] : usersByName(users, need, program),
        money: need === undefined || money === null || rows === 0 ? null : money(need),
        lines: (band?.lines ?? []).map((line) => ({
          at: line.at,
          text: sourceText(workbook.rules, line.at),
          hits: hits.get(line) ?? 0,
        })),
      },
    ];
  });
}

/** What a definition in force is to the program, by the place of its name. */
function needsByPlace(program: Program): ReadonlyMap<string, Need> {
  const needs = new Map<string, Need>();
  program.scalars.forEach(({ at, source }, scalar) => {
    if (source.kind === 'rule') needs.set(placeText(at), { kind: 'scalar', scalar });
  });
  program.bands.forEach(({ at }, band) => {
    needs.set(placeText(at), { kind: 'band', band });
  });
  program.columns.forEach(({ definitions }, column) => {
    for (const { kind, at } of definitions)
      if (kind !== 'share' && kind !== 'rest') needs.set(placeText(at), { kind: 'column', column });
  });
  program.shares.forEach(({ at }, share) => {
    needs.set(placeText(at), { kind: 'share', share });
  });
  return needs;
}

/** Who reads a thing; a share is read through the column that it fills, or what it leaves over. */
function usersByName(
  users: ReadonlyMap<string, ReadonlySet<string>>,
  need: Need,
  program: Program,
): readonly string[] {
  const found = new Set<string>();
  const add = (one: Need, own: string | null): void => {
    for (const user of users.get(needName(one)) ?? []) if (user !== own) found.add(user);
  };
  if (need.kind !== 'share') {
    const own = need.kind === 'column' ? program.columns[need.column] : undefined;
    add(need, own === undefined ? null : `${program.tables[own.table]?.name ?? ''}[${own.name}]`);
    return [...found];
  }
  program.columns.forEach(({ definitions, table, name }, column) => {
    if (definitions.some((d) => d.kind === 'share' && d.share === need.share))
      add({ kind: 'column', column }, `${program.tables[table]?.name ?? ''}[${name}]`);
    if (definitions.some((d) => d.kind === 'rest' && d.share === need.share))
      found.add(`${program.tables[table]?.name ?? ''}[${name}]`);
  });
  for (const { name, source } of program.scalars)
    if (source.kind === 'rest' && source.share === need.share) found.add(name);
  return [...found];
}

/** Whether nothing reads a rule and it pays nothing itself. */
export function isUnused({ kind, usedBy, versions }: ReviewedRule): boolean {
  return (
    kind !== 'statement' && kind !== 'share' && usedBy.length === 0 && versions.some((one) => one.inForce)
  );
}

/** Whether no row meets a rule that is in force. */
export function isUnmet({ rows }: ReviewedRule): boolean {
  return rows === 0;
}
