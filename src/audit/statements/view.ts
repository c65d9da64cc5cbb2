import { coveringDefinition } from '../../engine/plain/definitions.ts';
import { createExplain } from '../../engine/plain/explain.ts';
import { leavesOf } from '../../engine/plain/leaves.ts';
import { createMachine, lineKey, type PlainMachine } from '../../engine/plain/machine.ts';
import { attempt, type Env, isFault, outcomeOf } from '../../engine/plain/reading.ts';
import type { Reason } from '../../engine/plain/reasons.ts';
import { displayText } from '../../exact/decimal.ts';
import { grouped } from '../../exact/grouped.ts';
import { displayValueText } from '../../exact/text.ts';
import type { Place } from '../../problems/problem.ts';
import { type Saying, saying, sayReason } from '../../report/reasonHeads.ts';
import type { Definition, Expr } from '../../rules/program.ts';
import { sourceText } from '../../rules/source.ts';
import { childrenOf } from '../../rules/walk.ts';
import type { Workbook } from '../../workbook/port.ts';
import { fieldText } from '../canonical.ts';
import { type Compiled, statementColumn } from './compiled.ts';
import type { Content, ShareFigure, StatementData } from './form.ts';
import { exact, figuresOf, given, personRow, placeKey, smallBook } from './smallBook.ts';

/** A statement computed from what its file carries, ready to be shown. */
export interface View {
  readonly workbook: Workbook;
  readonly labels: readonly { readonly heading: string; readonly text: string }[];
  readonly lines: readonly Line[];
  readonly total: string;
}

export interface Line {
  readonly sign: 'add' | 'less';
  readonly item: string;
  /** Exact, as text. */
  readonly amount: string;
  /** The rule that it comes from, with the lines that belong to it. */
  readonly rule: readonly string[];
  readonly place: Place | null;
  /** The rule with the numbers in the places of their names; empty where that says nothing. */
  readonly worked: string;
  readonly steps: readonly Step[];
}

/** One step of how an amount came about. */
export interface Step {
  readonly said: string;
  readonly source: string | null;
  readonly place: Place | null;
  readonly given: boolean;
  readonly children: readonly Step[];
}

/** Levels of steps, rows of an aggregate, and steps of one statement that are shown. */
const LEVELS = 6;
const ROWS = 6;
const STEPS = 220;

/** Null where the statement does not follow: a value fails, or there is no such statement. */
export function viewOf(compiled: Compiled, data: Omit<StatementData, 'sum'>): View | null {
  const { program, standing } = compiled;
  const { content, places, language } = data;
  const at = statementColumn(compiled, content);
  const row = personRow(content);
  if (at === null || row < 0) return null;
  const workbook = smallBook(content, places);
  const key = program.tables[at.table]?.key ?? 0;
  const person = content.tables[at.table]?.rows[row];
  if (person?.own !== 1 || person.cells.find(([column]) => column === key)?.[1] !== content.key) return null;
  const known = given(figuresOf(content, program, places, standing));
  const m = createMachine(program, workbook, known, false);
  if (!m.counts(at.table, row)) return null;
  // What has been computed once is not computed again for its reasons.
  const computed = {
    ...known,
    scalar: (id: number) => outcomeOf(attempt(() => m.scalar(id))),
    cell: (column: number, at: number) => outcomeOf(attempt(() => m.cell(column, at))),
  };
  const reason = createExplain(program, workbook, {
    known: computed,
    rows: ROWS,
    depth: LEVELS + 1,
    reasons: STEPS,
  })({
    kind: 'column',
    column: at.column,
    row,
  });
  if (reason.outcome.kind !== 'number') return null;
  const env: Env = { context: { rule: '', keyLevel: 0 }, tables: [at.table], rows: [row] };
  const definition = attempt(() => ({ kind: 'found', is: coveringDefinition(m, at.column, env) }) as const);
  if (isFault(definition) || definition.is?.kind !== 'statement') return null;
  const say = saying(compiled.speaking, language);
  const room: Room = { compiled, content, m, say };
  const { components } = definition.is;
  const reasons = reason.children.filter(({ kind }) => kind === 'component');
  if (reasons.length !== components.length) return null;
  const found = reasons.map((one, i): Line | null => {
    const component = components[i];
    if (component === undefined || one.outcome.kind !== 'number') return null;
    return lineOf(room, component, one, env, displayText(one.outcome.value));
  });
  if (found.some((line) => line === null)) return null;
  return {
    workbook,
    labels: content.labels.map((heading) => ({ heading, text: labelText(room, at.table, row, heading) })),
    lines: found.filter((line) => line !== null),
    total: displayText(reason.outcome.value),
  };
}

interface Room {
  readonly compiled: Compiled;
  readonly content: Content;
  readonly m: PlainMachine;
  readonly say: Saying;
}

function labelText({ compiled, content, m }: Room, table: number, row: number, label: string): string {
  const heading = content.tables[table]?.headings.indexOf(label) ?? -1;
  if (heading >= 0) {
    const cells = content.tables[table]?.rows[row]?.cells ?? [];
    return fieldText(cells.find(([column]) => column === heading)?.[1] ?? '-');
  }
  const { program } = compiled;
  const id = program.tables[table]?.columns.find((one) => program.columns[one]?.name === label);
  const value = id === undefined ? null : attempt(() => m.cell(id, row));
  return value === null || value.kind === 'fault' || value.kind === 'blank' ? '' : displayValueText(value);
}

type Component = Extract<Definition, { kind: 'statement' }>['components'][number];

function lineOf(
  room: Room,
  { sign, label, value }: Component,
  reason: Reason,
  env: Env,
  amount: string,
): Line {
  const { compiled, m } = room;
  const source = sourceText(compiled.speaking, value.at);
  const column = onlyColumn(value);
  const definition =
    column === null
      ? null
      : attempt(() => ({ kind: 'found', is: coveringDefinition(m, column, env) }) as const);
  const by = definition === null || isFault(definition) ? null : definition.is;
  const shown = by === null ? value : by.kind === 'rule' ? by.value : null;
  return {
    sign,
    item: label ?? source,
    amount,
    rule: by === null ? [source] : block(compiled, by.at),
    place: by === null ? value.at : by.at,
    worked: shown === null ? '' : worked(room, shown, env) || summary(room, shown, reason),
    steps: reason.children.flatMap((child) => steps(room, child, LEVELS)),
  };
}

/** The one column that a component is, a default for blank ones aside. */
function onlyColumn(expr: Expr): number | null {
  if (expr.op === 'column') return expr.column;
  const [first, second] = expr.op === 'call' && expr.name === 'default' ? expr.args : [];
  return first?.op === 'column' && second?.op === 'literal' ? first.column : null;
}

/** A line of the rules and the deeper ones below it that belong to it. */
function block({ lines, at: index }: Compiled, at: Place): readonly string[] {
  if (at.kind !== 'rule') return [];
  const first = index.get(lineKey(at.line)) ?? -1;
  const depthOf = (i: number): number => {
    const line = lines[i];
    if (line === undefined || line.text.trim() === '') return -1;
    return line.depth >= 0 ? line.depth : line.text.length - line.text.trimStart().length;
  };
  const own = depthOf(first);
  const found: string[] = [];
  for (let i = first; i >= 0 && i < lines.length; i++) {
    if (i > first && depthOf(i) <= own) break;
    found.push(`${i > first ? '  ' : ''}${(lines[i]?.text ?? '').trim()}`);
  }
  return found;
}

/** An expression with what it reads in the place of names: `round(2,734.70 * 0.15)`. */
function worked({ compiled, m, say }: Room, expr: Expr, env: Env): string {
  if (expr.at.kind !== 'rule' || expr.op === 'column' || expr.op === 'literal') return '';
  if (expr.op === 'aggregate' || expr.op === 'rank') return '';
  const whole = expr.at;
  const read = leavesOf(m, expr, env);
  const names = new Set(read.map((leaf) => nameOf(leaf)));
  const marks: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  const open: Expr[] = [expr];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const there = names.has(nameOf(next));
    if (!there) {
      open.push(...childrenOf(next));
      continue;
    }
    const value = attempt(() => m.read(next, env));
    if (next.at.kind !== 'rule' || isFault(value)) continue;
    const text =
      value.kind === 'blank'
        ? say.w.blank
        : value.kind === 'text'
          ? `"${value.value}"`
          : grouped(displayValueText(value));
    marks.push({ start: next.at.start, end: next.at.end, text });
  }
  const source = sourceText(compiled.speaking, whole);
  let text = source;
  for (const mark of marks.sort((a, b) => b.start - a.start))
    text = text.slice(0, mark.start - whole.start) + mark.text + text.slice(mark.end - whole.start + 1);
  return text === source ? '' : text;
}

/** Of an aggregate that is the whole rule: of how many rows it is, or which row was looked up. */
function summary({ say }: Room, expr: Expr, reason: Reason): string {
  if (expr.op !== 'aggregate' && expr.op !== 'rank') return '';
  const name = placeKey(expr.at);
  const find = (one: Reason, depth: number): Reason | null => {
    if ('at' in one && (one.kind === 'aggregate' || one.kind === 'lookup' || one.kind === 'rank'))
      if (placeKey(one.at) === name) return one;
    if (depth === 0) return null;
    for (const child of one.children) {
      const found = find(child, depth - 1);
      if (found !== null) return found;
    }
    return null;
  };
  const found = find(reason, 3);
  if (found === null) return '';
  const { w } = say;
  if (found.kind === 'aggregate') return w.aggregate(found);
  if (found.kind === 'rank') return w.rankOf(found.table, found.rows);
  if (found.kind !== 'lookup') return '';
  return `${w.lookup(found.fn, found.table)}${w.comma}${found.found === null ? w.nothingFound : w.foundRow(found.found.key)}`;
}

function nameOf(expr: Expr): string {
  switch (expr.op) {
    case 'asOf':
      return 'asOf';
    case 'sheet':
      return `sheet ${expr.table} ${expr.column} ${expr.level}`;
    case 'column':
      return `column ${expr.column} ${expr.level}`;
    case 'scalar':
      return `scalar ${expr.scalar}`;
    case 'name':
      return `name ${expr.name}`;
    default:
      return `${expr.op} ${placeKey(expr.at)}`;
  }
}

function steps(room: Room, reason: Reason, depth: number): readonly Step[] {
  const { own, is } = givenOf(room, reason);
  const { head, remark, before, children, after } = sayReason(own, room.say);
  const note = ({ said, place, source }: (typeof before)[number]): Step => ({
    said,
    source,
    place,
    given: false,
    children: [],
  });
  return [
    {
      said: head.said + remark,
      source: head.source,
      place: head.place,
      given: is,
      children:
        depth <= 1
          ? []
          : [
              ...before.map(note),
              ...(is ? [] : children).flatMap((child) => steps(room, child, depth - 1)),
              ...after.map(note),
            ],
    },
  ];
}

/** A reason with what is known of others put in, and whether it ends at a figure. */
function givenOf(
  { content, compiled }: Room,
  reason: Reason,
): { readonly own: Reason; readonly is: boolean } {
  switch (reason.kind) {
    case 'column': {
      const table = content.tables.findIndex(({ name }) => name === reason.table);
      const is = content.columns.some(
        (one) => one.table === table && one.row === reason.row && one.column === reason.name,
      );
      return { own: reason, is };
    }
    case 'scalar':
      return { own: reason, is: content.scalars.some(({ name }) => name === reason.name) };
    case 'aggregate':
      return { own: reason, is: reason.rows > 0 && reason.children.length === 0 && reason.more === 0 };
    case 'lookup': {
      const there = reason.outcome.kind !== 'blank' && reason.outcome.kind !== 'fault';
      if (reason.found !== null || !there) return { own: reason, is: false };
      const { at, outcome } = reason;
      return { own: { kind: 'part', role: 'value', at, outcome, children: [] }, is: true };
    }
    case 'share': {
      const { settlement } = reason;
      const figure = content.shares.find(
        (one) =>
          compiled.program.shares[one.share]?.name === reason.name &&
          (one.of?.[1] ?? null) === (reason.of?.row ?? null),
      );
      if (settlement === null || figure === undefined) return { own: reason, is: false };
      return { own: { ...reason, settlement: settled(settlement, figure) }, is: false };
    }
    default:
      return { own: reason, is: false };
  }
}

type Settled = NonNullable<Extract<Reason, { kind: 'share' }>['settlement']>;

function settled(settlement: Settled, { members, weights, open }: ShareFigure): Settled {
  return {
    ...settlement,
    members,
    weights: exact(weights),
    open: { members: open.members, weights: exact(open.weights), units: BigInt(open.units) },
  };
}
