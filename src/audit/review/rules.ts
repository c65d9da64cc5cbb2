import type { Expression, Name, Period, RuleFile, Span } from '../../../grammar/tree.ts';
import { foldName } from '../../../grammar/tree.ts';
import type { Place } from '../../problems/problem.ts';
import { canonical } from '../../rules/canonical.ts';
import type { RuleKind, RuleVersion } from './review.ts';

/** A definition as it stands in the file. */
export interface WrittenRule {
  readonly kind: RuleKind;
  readonly name: string;
  readonly table: string | null;
  readonly where: string | null;
  /** The same for versions of one another. */
  readonly group: string;
  /** Where the name is defined, as the program has it. */
  readonly at: Place;
  readonly version: Omit<RuleVersion, 'inForce'>;
}

/** Every definition of a file, in its order. */
export function writtenRules(file: RuleFile): readonly WrittenRule[] {
  const found: WrittenRule[] = [];

  function add(
    kind: RuleKind,
    name: Name,
    period: Period,
    table: Name | null,
    wheres: readonly (Expression | null)[],
    lines: readonly Span[],
    expressions: readonly Expression[],
  ): void {
    const given = wheres.flatMap((where) => where ?? []);
    const at = placeOf(file, name.span);
    found.push({
      kind,
      name: name.text,
      table: table?.text ?? null,
      where: given.length === 0 ? null : given.map((where) => textOf(file, where.span)).join(' · '),
      group: JSON.stringify([
        table === null ? kind : 'column',
        foldName(table?.text ?? ''),
        foldName(name.text),
        given.map(canonical),
      ]),
      at,
      version: {
        at,
        text: lines.map(({ line }) => file.lines[line]?.text.trim() ?? ''),
        from: period.from?.value ?? null,
        until: period.until?.value ?? null,
        constants: [...given, ...expressions]
          .flatMap(literalsIn)
          .map((span) => ({ text: textOf(file, span), at: placeOf(file, span) })),
      },
    });
  }

  for (const item of file.items) {
    switch (item.kind) {
      case 'rule':
        add('scalar', item.name, item.period, null, [], [item.span], [item.value]);
        break;
      case 'band': {
        const lines = item.body.filter((line) => line.kind === 'bandLine');
        const parts = lines.flatMap(({ test, value }) => [
          ...('bound' in test ? [test.bound] : test.kind === 'texts' ? test.texts : []),
          value,
        ]);
        add('band', item.name, item.period, null, [], [item.span, ...lines.map(({ span }) => span)], parts);
        break;
      }
      case 'score': {
        const lines = item.body.filter((line) => line.kind === 'scoreLine');
        const parts = lines.flatMap(({ weight, value }) => [weight, value]);
        add(
          'score',
          item.name,
          item.period,
          item.table,
          [item.where],
          [item.span, ...lines.map(({ span }) => span)],
          item.outOf === null ? parts : [item.outOf, ...parts],
        );
        break;
      }
      case 'statement': {
        const lines = item.body.filter((line) => line.kind === 'component');
        add(
          'statement',
          item.name,
          item.period,
          item.table,
          [item.where],
          [item.span, ...lines.map(({ span }) => span)],
          lines.map(({ value }) => value),
        );
        break;
      }
      case 'share':
        addShare(item, []);
        break;
      case 'each':
        for (const line of item.body) {
          if (line.kind === 'rule')
            add('column', line.name, line.period, item.table, [item.where], [line.span], [line.value]);
          else if (line.kind === 'share') addShare(line, [item.where]);
        }
        break;
      case 'unit':
      case 'table':
      case 'check':
      case 'comment':
      case 'blankLine':
        break;
      default: {
        const never: never = item;
        return never;
      }
    }
  }
  return found;

  function addShare(
    share: Extract<RuleFile['items'][number], { readonly kind: 'share' }>,
    outer: readonly (Expression | null)[],
  ): void {
    const lines = share.body.flatMap((line) =>
      line.kind === 'comment' || line.kind === 'blankLine' ? [] : [line],
    );
    const values = lines.flatMap((line) => (line.kind === 'rest' ? [] : [line.value]));
    add(
      'share',
      share.name,
      share.period,
      share.table,
      [...outer, share.where],
      [share.span, ...lines.map(({ span }) => span)],
      [share.pool, share.weight, ...values],
    );
  }
}

/** Numbers, texts and dates of an expression from left to right; a minus belongs to its number. */
function literalsIn(expr: Expression): readonly Span[] {
  switch (expr.kind) {
    case 'number':
    case 'text':
    case 'date':
      return [expr.span];
    case 'unary':
      return expr.operator === '-' && expr.operand.kind === 'number' ? [expr.span] : literalsIn(expr.operand);
    case 'binary':
      return [...literalsIn(expr.left), ...literalsIn(expr.right)];
    case 'in':
      return [...literalsIn(expr.operand), ...expr.list.flatMap(literalsIn)];
    case 'call':
      return [...expr.args, expr.by, expr.where].flatMap((part) => (part === null ? [] : literalsIn(part)));
    case 'group':
      return literalsIn(expr.inner);
    case 'logical':
    case 'blank':
    case 'asOf':
    case 'name':
    case 'thisRow':
    case 'tableColumn':
      return [];
    default: {
      const never: never = expr;
      return never;
    }
  }
}

export function placeOf(file: RuleFile, { line, start, end }: Span): Place {
  const source = file.lines[line];
  if (source === undefined) throw new RangeError(`no rule line ${line}`);
  return { kind: 'rule', line: source.place, start, end };
}

function textOf(file: RuleFile, { line, start, end }: Span): string {
  return file.lines[line]?.text.slice(start - 1, end) ?? '';
}
