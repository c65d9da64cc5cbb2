import { createExplain, type Reason, type Target } from '../engine/plain/index.ts';
import { type Language, message } from '../problems/messages/index.ts';
import { knownOf } from '../report/known.ts';
import { reasonView } from '../report/reasonView.ts';
import { findTarget } from '../report/target.ts';
import { keyText } from '../report/values.ts';
import type { Evaluated } from './evaluated.ts';
import type { Explained, TargetList } from './protocol.ts';

/** Explains the values of one evaluation. */
export type Explain = (target: Target) => Reason;

export function explainOf({ done, workbook }: Evaluated): Explain | null {
  return done === null ? null : createExplain(done.program, workbook, { known: knownOf(done.results) });
}

/** How a value of a name and a key came about, in words. Where the run has errors a value is explained all the same. */
export function explained(
  { done, workbook, file, problems }: Evaluated,
  explain: Explain | null,
  name: string,
  key: string | null,
  language: Language,
): Explained {
  if (done === null || explain === null) {
    const problem = problems.find(({ severity }) => severity === 'error') ?? problems[0];
    if (problem === undefined) throw new Error('rules without a program have a problem');
    return { kind: 'refusal', problem, said: message(problem, language) };
  }
  const found = findTarget({ ...done, workbook, file }, name, key, language);
  if (found.kind === 'refusal')
    return { kind: 'refusal', problem: found.problem, said: found.said ?? message(found.problem, language) };
  const reason = found.kind === 'cell' ? found.reason : explain(found.target);
  return {
    kind: 'reason',
    name: found.name,
    key: found.key,
    reason: reasonView(reason, workbook.rules, language),
  };
}

/** Of each computed column its first value: to explain these needs all that explaining others will look up. */
export function firstTargets({ done }: Evaluated): readonly Target[] {
  if (done === null) return [];
  const { program, results } = done;
  return program.columns.flatMap(({ table }, column) => {
    const row = results.tables[table]?.rows[0];
    return row === undefined ? [] : [{ kind: 'column', column, row } as const];
  });
}

/** Scalar rules, and for every table its computed columns and keys. */
export function targetLists({ done, workbook }: Evaluated): readonly TargetList[] {
  if (done === null) return [];
  const { program, results } = done;
  const scalars = program.scalars.map(({ name }) => name);
  return [
    ...(scalars.length === 0 ? [] : [{ table: null, names: scalars, keys: [] }]),
    ...program.tables.flatMap(({ name, columns }, table) =>
      columns.length === 0
        ? []
        : [
            {
              table: name,
              names: columns.map((id) => program.columns[id]?.name ?? ''),
              keys: [...(results.tables[table]?.rows ?? [])].map((row) =>
                keyText(program, workbook, table, row),
              ),
            },
          ],
    ),
  ];
}
