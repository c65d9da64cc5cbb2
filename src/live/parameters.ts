import type {
  BandStatement,
  Expression,
  Name,
  NumberLiteral,
  Rule,
  RuleFile,
  ScoreStatement,
  ShareStatement,
  Span,
} from '../../grammar/tree.ts';
import { type Place, placeText } from '../problems/problem.ts';
import { nodeNeeds } from '../rules/dependencies.ts';
import type { GraphNode } from '../rules/order.ts';
import type { Definition, Program } from '../rules/program.ts';
import type { ShareName } from './protocol.ts';
import { sharesOf } from './shareView.ts';
import type { Parameter } from './views.ts';

type Role = Parameter['role'];

/** How they are listed: what decides the pool first. */
const ROLES: readonly Role[] = ['scalar', 'floor', 'cap', 'weight', 'band', 'other'];

/**
 * The number literals in the rules in force that a share depends on, however far back: rates, the weights of scores,
 * floors and caps, the bounds and values of bands, and numbers in other rules. Conditions, dates, texts, and numbers
 * that count digits or months are left out. By role, then in the order of the file.
 */
export function parametersOf(file: RuleFile, program: Program, share: ShareName): readonly Parameter[] {
  return parametersAt(
    file,
    placesNeeded(
      program,
      sharesOf(program, share).map((id) => ({ kind: 'share', share: id })),
    ),
  );
}

/** The same of all rules in force. */
export function allParametersOf(file: RuleFile, program: Program): readonly Parameter[] {
  return parametersAt(
    file,
    placesNeeded(program, [
      ...program.scalars.map((_, scalar) => ({ kind: 'scalar', scalar }) as const),
      ...program.bands.map((_, band) => ({ kind: 'band', band }) as const),
      ...program.columns.map((_, column) => ({ kind: 'column', column }) as const),
      ...program.shares.map((_, share) => ({ kind: 'share', share }) as const),
    ]),
  );
}

function parametersAt(file: RuleFile, inForce: ReadonlySet<string>): readonly Parameter[] {
  const found = definitionsOf(file).flatMap((definition) =>
    inForce.has(placeText(placeOf(file, definition.name.span))) ? literalsIn(file, definition) : [],
  );
  const parameters = named(found).map(({ label, role, span }) => ({
    label,
    role,
    text: textOf(file, span),
    at: placeOf(file, span),
  }));
  return ROLES.flatMap((role) => parameters.filter((parameter) => parameter.role === role));
}

/** Where the names are defined of everything that these need, themselves among it. */
function placesNeeded(program: Program, nodes: readonly GraphNode[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const places = new Set<string>();
  const open: GraphNode[] = [...nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const id = JSON.stringify(node);
    if (seen.has(id)) continue;
    seen.add(id);
    for (const at of placesOf(program, node)) places.add(placeText(at));
    nodeNeeds(node, program, (need) => open.push(need));
  }
  return places;
}

function placesOf(program: Program, node: GraphNode): readonly Place[] {
  switch (node.kind) {
    case 'scalar':
      return program.scalars[node.scalar]?.source.kind === 'rule'
        ? [program.scalars[node.scalar]?.at].flatMap((at) => at ?? [])
        : [];
    case 'band':
      return [program.bands[node.band]?.at].flatMap((at) => at ?? []);
    case 'share':
      return [program.shares[node.share]?.at].flatMap((at) => at ?? []);
    case 'column':
      return (program.columns[node.column]?.definitions ?? []).flatMap((definition) =>
        holdsLiterals(definition) ? [definition.at] : [],
      );
    case 'table':
    case 'check':
      return [];
    default: {
      const never: never = node;
      return never;
    }
  }
}

/** What a share gives or leaves over is written at the share. */
const holdsLiterals = ({ kind }: Definition): boolean => kind !== 'share' && kind !== 'rest';

type Defined =
  | { readonly kind: 'scalar'; readonly name: Name; readonly rule: Rule }
  | { readonly kind: 'column'; readonly name: Name; readonly table: Name; readonly rule: Rule }
  | { readonly kind: 'band'; readonly name: Name; readonly band: BandStatement }
  | { readonly kind: 'score'; readonly name: Name; readonly score: ScoreStatement }
  | { readonly kind: 'share'; readonly name: Name; readonly share: ShareStatement }
  | { readonly kind: 'statement'; readonly name: Name; readonly values: readonly Expression[] };

/** What a file defines, in its order. */
function definitionsOf(file: RuleFile): readonly Defined[] {
  return file.items.flatMap((item): readonly Defined[] => {
    switch (item.kind) {
      case 'rule':
        return [{ kind: 'scalar', name: item.name, rule: item }];
      case 'band':
        return [{ kind: 'band', name: item.name, band: item }];
      case 'score':
        return [{ kind: 'score', name: item.name, score: item }];
      case 'share':
        return [{ kind: 'share', name: item.name, share: item }];
      case 'each':
        return item.body.flatMap((line): readonly Defined[] => {
          if (line.kind === 'rule')
            return [{ kind: 'column', name: line.name, table: item.table, rule: line }];
          return line.kind === 'share' ? [{ kind: 'share', name: line.name, share: line }] : [];
        });
      case 'statement': {
        const values = item.body.flatMap((line) => (line.kind === 'component' ? [line.value] : []));
        return [{ kind: 'statement', name: item.name, values }];
      }
      case 'unit':
      case 'table':
      case 'check':
      case 'comment':
      case 'blankLine':
        return [];
      default: {
        const never: never = item;
        return never;
      }
    }
  });
}

interface Found {
  readonly label: string;
  readonly role: Role;
  readonly span: Span;
}

function literalsIn(file: RuleFile, defined: Defined): readonly Found[] {
  const name = defined.name.text;
  const all = (label: string, role: Role, expr: Expression): readonly Found[] =>
    numbersIn(expr).map((span) => ({ label, role, span }));
  switch (defined.kind) {
    case 'scalar':
      return all(name, 'scalar', defined.rule.value);
    case 'column':
      return all(`${defined.table.text}[${name}]`, 'other', defined.rule.value);
    case 'statement':
      return defined.values.flatMap((value) => all(`${name} · ${textOf(file, value.span)}`, 'other', value));
    case 'band':
      return defined.band.body.flatMap((line) => {
        if (line.kind !== 'bandLine') return [];
        const { test, value, span } = line;
        const said = textOf(file, { ...span, end: value.span.start - 1 })
          .replace(/\s*(?:->|→|－＞)\s*$/u, '')
          .trim();
        const bounds = 'bound' in test ? all(`${name} · ${said}`, 'band', test.bound) : [];
        return [...bounds, ...all(`${name} · ${said} →`, 'band', value)];
      });
    case 'score':
      return defined.score.body.flatMap((line) => {
        if (line.kind !== 'scoreLine') return [];
        const label = `${name} · ${textOf(file, line.span)}`;
        return [
          { label, role: 'weight', span: line.weight.span } as const,
          ...all(label, 'other', line.value),
        ];
      });
    case 'share': {
      const { pool, weight, body } = defined.share;
      return [
        ...all(`${name} · ${textOf(file, pool.span)}`, 'scalar', pool),
        ...all(`${name} · ${textOf(file, weight.span)}`, 'other', weight),
        ...body.flatMap((line) => {
          if (line.kind !== 'floor' && line.kind !== 'cap' && line.kind !== 'shareUnit') return [];
          const word = textOf(file, { ...line.span, end: line.value.span.start - 1 }).trim();
          const role = line.kind === 'shareUnit' ? 'other' : line.kind;
          return all(`${name} · ${word}`, role, line.value);
        }),
      ];
    }
    default: {
      const never: never = defined;
      return never;
    }
  }
}

/** Second arguments that count digits or months, or say what stands for a blank. */
const COUNTING: ReadonlySet<string> = new Set(['round', 'round_even', 'eomonth', 'edate']);

/** Places of the numbers in an expression that somebody may want to change, from left to right; a minus belongs to its number. */
function numbersIn(expr: Expression): readonly Span[] {
  switch (expr.kind) {
    case 'number':
      return [expr.span];
    case 'unary':
      return expr.operator === '-' && expr.operand.kind === 'number' ? [expr.span] : numbersIn(expr.operand);
    case 'binary':
      // An exponent is part of a formula, not a figure.
      return expr.operator === '^' && expr.right.kind === 'number'
        ? numbersIn(expr.left)
        : [...numbersIn(expr.left), ...numbersIn(expr.right)];
    case 'in':
      return numbersIn(expr.operand);
    case 'group':
      return numbersIn(expr.inner);
    case 'call': {
      const name = expr.name.text.toLowerCase();
      const args = expr.args.filter((arg, i) => {
        if (i !== 1) return true;
        return !COUNTING.has(name) && !(name === 'default' && isZero(arg));
      });
      return args.flatMap(numbersIn);
    }
    case 'text':
    case 'date':
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

const isZero = (expr: Expression): boolean => expr.kind === 'number' && isNought(expr);
const isNought = ({ digits }: NumberLiteral): boolean => /^0+(?:\.0+)?$/.test(digits);

/** Several numbers under one label are counted: `commission_factor 2`. */
function named(found: readonly Found[]): readonly Found[] {
  const total = new Map<string, number>();
  for (const { label } of found) total.set(label, (total.get(label) ?? 0) + 1);
  const count = new Map<string, number>();
  return found.map((one) => {
    if (total.get(one.label) === 1) return one;
    const nth = (count.get(one.label) ?? 0) + 1;
    count.set(one.label, nth);
    return nth === 1 ? one : { ...one, label: `${one.label} (${nth})` };
  });
}

function placeOf(file: RuleFile, { line, start, end }: Span): Parameter['at'] {
  const source = file.lines[line];
  if (source === undefined) throw new RangeError(`no rule line ${line}`);
  return { kind: 'rule', line: source.place, start, end };
}

/** What stands there, as written. */
function textOf(file: RuleFile, { line, start, end }: Span): string {
  return file.lines[line]?.text.slice(start - 1, end) ?? '';
}
