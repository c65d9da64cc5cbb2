import type { FUniver } from '@univerjs/presets';
import type { FormulaDataModel } from '@univerjs/presets/preset-sheets-core';
import type { Follower } from '../functions/follow.ts';
import type { Answer, Query } from '../live/queries.ts';
import { gridOf, MOVING, MUTATION } from '../workbook/univer/grid.ts';
import { type Box, boxesOf, type Cell, type References, referencesOf, refersTo } from './dependents.ts';
import { formulaIndex } from './formulaIndex.ts';
import { cellOf } from './values.ts';

/** What cells ask, and which ones. */
export interface Topics {
  readonly unitId: string;
  /** The answer as far as it is known; the cell hears of every later one. */
  ask(query: Query, cell: Cell): Answer | null;
  /** Calculates all formulas that `wanted` speaks for. */
  askAll(wanted: (formula: string) => boolean): void;
  /** What a cell that calls us is told without a question: what is wrong with its arguments, or null. */
  tell(cell: Cell, message: string | null): void;
  messageAt(cell: string): string | null;
  close(): void;
}

interface Topic {
  answer: Answer | null;
  readonly cells: Map<string, AskingCell>;
  leave: () => void;
}

interface AskingCell extends Cell {
  /** As it was when it asked. */
  readonly formula: string;
  /** The formula is this call alone. */
  readonly alone: boolean;
}

export interface TopicsHost {
  readonly api: FUniver;
  readonly formulas: FormulaDataModel;
  readonly unitId: string;
  readonly follower: Follower;
}

const START = 'formula.mutation.set-formula-calculation-start';
const TRIGGER = 'formula.mutation.set-trigger-formula-calculation-start';
const NOTIFICATION = 'formula.mutation.set-formula-calculation-notification';
const MOVES: ReadonlySet<string> = new Set([
  ...MOVING,
  MUTATION.insertRows,
  MUTATION.removeRows,
  MUTATION.insertColumns,
  MUTATION.removeColumns,
]);
/** References of so many formulas are remembered. */
const KEPT = 50_000;

export const cellKey = ({ sheetId, row, column }: Cell): string => `${row} ${column} ${sheetId}`;

export function topicsOf({ api, formulas, unitId, follower }: TopicsHost): Topics {
  const topics = new Map<string, Topic>();
  /** The topic of each cell whose formula is one call alone. */
  const owners = new Map<string, Topic>();
  /** What is wrong with the arguments of cells whose formula is one call alone. */
  const told = new Map<string, { readonly cell: Cell; readonly formula: string; readonly message: string }>();
  const fresh = new Set<Topic>();
  const references = new Map<string, References>();
  const index = formulaIndex(gridOf(api, unitId));
  let calculating = false;
  let scheduled = false;
  let closed = false;

  const event = api.addEvent(api.Event.CommandExecuted, ({ id, params }) => {
    if (id === START) calculating = true;
    else if (id === NOTIFICATION) {
      const { functionsExecutedState } = (params ?? {}) as { readonly functionsExecutedState?: number };
      if (functionsExecutedState === undefined) return;
      calculating = false;
      if (fresh.size > 0) schedule();
    } else if (MOVES.has(id))
      onMove((params ?? {}) as { readonly unitId?: string; readonly subUnitId?: string });
  });

  /** Cells are somewhere else now: they ask anew. */
  function onMove({
    unitId: unit,
    subUnitId,
  }: {
    readonly unitId?: string;
    readonly subUnitId?: string;
  }): void {
    if (unit !== unitId || subUnitId === undefined) return;
    const moved: Cell[] = [];
    for (const topic of topics.values())
      for (const [key, cell] of topic.cells)
        if (cell.sheetId === subUnitId) {
          topic.cells.delete(key);
          owners.delete(key);
        }
    index.each((cell, formula) => {
      if (cell.sheetId === subUnitId && /allot\./i.test(formula)) moved.push(cell);
    });
    calculate(moved);
  }

  /** Lets the engine calculate these cells, and whatever refers to them. */
  function calculate(cells: readonly Cell[]): void {
    if (cells.length === 0) return;
    const dirtyRanges = boxesOf(cells).map(({ sheetId, ...range }) => ({ unitId, sheetId, range }));
    void api.executeCommand(TRIGGER, { commands: [], ...NOTHING_DIRTY, dirtyRanges });
  }

  function schedule(): void {
    if (scheduled || closed || calculating) return;
    scheduled = true;
    setTimeout(() => {
      scheduled = false;
      if (!closed && !calculating) flush();
    }, 0);
  }

  /** Puts new answers into their cells. */
  function flush(): void {
    const straight = new Map<string, Record<number, Record<number, object>>>();
    const written: Cell[] = [];
    const again: Cell[] = [];
    for (const topic of fresh) {
      if (topic.answer === null) continue;
      const value = cellOf(topic.answer);
      for (const [key, cell] of topic.cells) {
        if (index.at(cell) !== cell.formula) {
          topic.cells.delete(key);
          if (owners.get(key) === topic) owners.delete(key);
        } else if (cell.alone && value !== null && !spills(cell)) {
          const rows = straight.get(cell.sheetId) ?? {};
          straight.set(cell.sheetId, rows);
          const line = rows[cell.row] ?? {};
          rows[cell.row] = line;
          line[cell.column] = value;
          written.push(cell);
        } else again.push(cell);
      }
      if (topic.cells.size === 0) drop(topic);
    }
    fresh.clear();
    for (const [subUnitId, cellValue] of straight)
      api.syncExecuteCommand(
        MUTATION.values,
        { unitId, subUnitId, cellValue },
        { onlyLocal: true, fromFormula: true },
      );
    calculate([...again, ...dependents(written)]);
  }

  function spills({ sheetId, row, column }: Cell): boolean {
    return formulas.getArrayFormulaRange()[unitId]?.[sheetId]?.[row]?.[column] !== undefined;
  }

  function drop(topic: Topic): void {
    topic.leave();
    for (const [id, one] of topics) if (one === topic) topics.delete(id);
  }

  /** Formulas that may refer to these cells. */
  function dependents(cells: readonly Cell[]): readonly Cell[] {
    if (cells.length === 0) return [];
    const boxes: readonly Box[] = boxesOf(cells);
    const names = new Map(
      api
        .getWorkbook(unitId)
        ?.getSheets()
        .map((sheet) => [sheet.getSheetName().toLowerCase(), sheet.getSheetId()]),
    );
    if (references.size > KEPT) references.clear();
    const found: Cell[] = [];
    index.each((cell, formula) => {
      const refs = references.get(formula) ?? referencesOf(formula);
      references.set(formula, refs);
      // Arguments of ours that are no cells never change.
      if (refs !== 'everything' && refs.length === 0) return;
      if (refersTo(refs, cell.sheetId, (name) => names.get(name.toLowerCase()), boxes)) found.push(cell);
    });
    return found;
  }

  return {
    unitId,
    ask(query, cell) {
      if (closed) return null;
      const id = JSON.stringify(query);
      let topic = topics.get(id);
      if (topic === undefined) {
        const made: Topic = { answer: null, cells: new Map(), leave: () => {} };
        topic = made;
        topics.set(id, made);
        made.leave = follower.follow(query, (answer) => {
          made.answer = answer;
          fresh.add(made);
          schedule();
        });
      }
      const formula = index.at(cell);
      if (formula === null) return topic.answer;
      const key = cellKey(cell);
      const alone = isOneCall(formula);
      if (alone) {
        const old = owners.get(key);
        if (old !== undefined && old !== topic) old.cells.delete(key);
        owners.set(key, topic);
      }
      if (topic.cells.get(key)?.formula !== formula) topic.cells.set(key, { ...cell, formula, alone });
      return topic.answer;
    },
    askAll(wanted) {
      const cells: Cell[] = [];
      index.each((cell, formula) => {
        if (wanted(formula)) cells.push(cell);
      });
      calculate(cells);
    },
    tell(cell, message) {
      const key = cellKey(cell);
      const formula = message === null ? null : index.at(cell);
      if (message !== null && formula !== null && isOneCall(formula))
        told.set(key, { cell, formula, message });
      else told.delete(key);
    },
    messageAt(key) {
      const said = told.get(key);
      if (said !== undefined && index.at(said.cell) === said.formula) return said.message;
      const topic = owners.get(key);
      const cell = topic?.cells.get(key);
      if (cell === undefined || index.at(cell) !== cell.formula) return null;
      return topic?.answer?.kind === 'error' ? topic.answer.message : null;
    },
    close() {
      closed = true;
      event.dispose();
      index.stop();
      told.clear();
      for (const topic of topics.values()) topic.leave();
      topics.clear();
    },
  };
}

const NOTHING_DIRTY = {
  forceCalculation: false,
  dirtyNameMap: {},
  dirtyDefinedNameMap: {},
  dirtySuperTableMap: {},
  dirtyUnitFeatureMap: {},
  dirtyUnitOtherFormulaMap: {},
  clearDependencyTreeCache: {},
};

/** Whether a formula is one call of ours and nothing else: `=ALLOT.RULE("x", A2)`. */
export function isOneCall(formula: string): boolean {
  const open = /^=\s*ALLOT\.[A-Z]+\(/i.exec(formula);
  if (open === null || /allot\./i.test(formula.slice(open[0].length))) return false;
  let depth = 0;
  let quoted = false;
  for (let i = open[0].length - 1; i < formula.length; i++) {
    const c = formula[i];
    if (c === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return formula.slice(i + 1).trim() === '';
  }
  return false;
}
