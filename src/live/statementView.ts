import type { ComponentReason, Reason } from '../engine/plain/index.ts';
import type { Outcome, Results } from '../engine/results.ts';
import { displayValueText } from '../exact/text.ts';
import { BLANK, foldText } from '../exact/value.ts';
import type { Language } from '../problems/messages/index.ts';
import { reasonView } from '../report/reasonView.ts';
import { keyText } from '../report/values.ts';
import type { Program } from '../rules/program.ts';
import { sourceText } from '../rules/source.ts';
import type { Workbook } from '../workbook/port.ts';
import type { Explain } from './explained.ts';
import { labelsOf } from './shareLabels.ts';
import type { StatementLineView, StatementView } from './views.ts';

/** So many steps of how an amount came about stand under a line of a statement. */
const STEPS = 6;

/** The statements of the rows with a key, in every table that has statements. The run had no errors. */
export function statementViews(
  program: Program,
  workbook: Workbook,
  results: Results,
  explain: Explain,
  key: string,
  language: Language,
): readonly StatementView[] {
  const wanted = foldText(key.trim());
  return program.columns.flatMap(({ name, table, definitions }, column) => {
    if (!definitions.some(({ kind }) => kind === 'statement')) return [];
    const row = results.tables[table]?.rows.find(
      (one) => foldText(keyText(program, workbook, table, one)) === wanted,
    );
    if (row === undefined) return [];
    const rows = [...(results.tables[table]?.rows ?? [])];
    const at = rows.indexOf(row);
    const reason = explain({ kind: 'column', column, row });
    const components = reason.children.filter(isComponent);
    if (components.length === 0) return [];
    return [
      {
        name,
        key: keyText(program, workbook, table, row),
        labels: labelsOf(program, workbook, results, table, rows, null).map(({ heading, texts }) => ({
          heading,
          text: texts[at] ?? '',
        })),
        asOf: results.asOf,
        lines: components.map((component) => lineOf(component, workbook, language)),
        total: shown(reason.outcome),
      },
    ];
  });
}

type Component = Extract<Reason, ComponentReason>;

const isComponent = (reason: Reason): reason is Component => reason.kind === 'component';

function lineOf(component: Component, { rules }: Workbook, language: Language): StatementLineView {
  const source = sourceText(rules, component.at);
  return {
    sign: component.sign,
    item: component.label ?? source,
    amount: shown(component.outcome),
    source,
    place: component.at,
    reasons: reasonView(component, rules, language, STEPS).children,
  };
}

function shown(outcome: Outcome): string {
  return displayValueText(outcome.kind === 'fault' ? BLANK : outcome);
}

/** Keys and labels of every row that has a statement, for a box to pick one from. */
export function statementRows(
  program: Program,
  workbook: Workbook,
  results: Results,
): readonly { readonly key: string; readonly label: string }[] {
  const tables = new Set(
    program.columns.flatMap(({ table, definitions }) =>
      definitions.some(({ kind }) => kind === 'statement') ? [table] : [],
    ),
  );
  return [...tables].flatMap((table) => {
    const rows = [...(results.tables[table]?.rows ?? [])];
    const labels = labelsOf(program, workbook, results, table, rows, null);
    return rows.map((row, at) => ({
      key: keyText(program, workbook, table, row),
      label: labels
        .flatMap(({ texts }) => texts[at] ?? [])
        .filter((text) => text !== '')
        .join(' · '),
    }));
  });
}
