import type { FUniver, Injector } from '@univerjs/presets';
import type { BaseValueObject } from '@univerjs/presets/preset-sheets-core';
import { readCall } from '../functions/call.ts';
import { catalogue } from '../functions/catalogue.ts';
import type { Follower } from '../functions/follow.ts';
import { FUNCTION_IDS, type FunctionId, NAMESPACE } from '../functions/shapes.ts';
import type { Answer, Query } from '../live/queries.ts';
import type { Language } from '../problems/messages/index.ts';
import { formulaTokens } from '../workbook/xlsx/formula.ts';
import { cellKey, type Topics, topicsOf } from './topics.ts';
import { type Engine, readVariants, resultOf } from './values.ts';

/** Our functions in the grid's cells. */
export interface GridFunctions {
  /** Answers come from here from now on; what is in the cells of the unit is asked anew. */
  follow(unitId: string, follower: Follower, language: Language): void;
  /** Nothing is asked any more. */
  leave(): void;
  /** What is said about the error in a cell (from 0) that has one call of ours alone. */
  messageAt(sheetId: string, row: number, column: number): string | null;
  close(): void;
}

export interface GridFunctionsOptions {
  readonly api: FUniver;
  readonly injector: Injector;
  readonly engine: Engine;
  readonly language: Language;
}

/**
 * Registers `ALLOT.…`. The engine knows no functions that push: ours answer with what is known, `#GETTING_DATA` at
 * first. A new answer is put into the cells right away, and only formulas that refer to those cells are calculated.
 */
export function gridFunctions({
  api,
  injector,
  engine,
  language: first,
}: GridFunctionsOptions): GridFunctions {
  let language = first;
  let topics: Topics | null = null;
  const service = injector.get(engine.IFunctionService);
  const descriptions = injector.get(engine.IDescriptionService);
  const names = FUNCTION_IDS.map((id) => `${NAMESPACE}.${id}`);
  let described = describe();

  /** One of our functions as the engine wants it. It must not throw: that would end all calculation. */
  class AllotFunction extends engine.BaseFunction {
    readonly id: FunctionId;

    constructor(id: FunctionId) {
      super(`${NAMESPACE}.${id}`);
      this.id = id;
    }

    override calculate(...variants: BaseValueObject[]): BaseValueObject {
      try {
        const given = readVariants(variants);
        if (given.kind === 'error') return given.error;
        const called = readCall(this.id, given.values, language);
        this.tell(called.kind === 'answer' && called.answer.kind === 'error' ? called.answer.message : null);
        const answer = called.kind === 'answer' ? called.answer : this.ask(called.query);
        return answer === null
          ? engine.ErrorValueObject.create(engine.ErrorType.CONNECT)
          : resultOf(answer, engine);
      } catch {
        return engine.ErrorValueObject.create(engine.ErrorType.VALUE);
      }
    }

    private tell(message: string | null): void {
      const { unitId, subUnitId, row, column } = this;
      if (topics !== null && subUnitId && unitId === topics.unitId)
        topics.tell({ sheetId: subUnitId, row, column }, message);
    }

    private ask(query: Query): Answer | null {
      const { unitId, subUnitId, row, column } = this;
      if (topics === null || !subUnitId || unitId !== topics.unitId) return null;
      return topics.ask(query, { sheetId: subUnitId, row, column });
    }
  }

  service.registerExecutors(...FUNCTION_IDS.map((id) => new AllotFunction(id)));

  function describe(): { dispose(): void } {
    return descriptions.registerDescriptions(
      catalogue(language).map(({ id, description, parameters, example }) => ({
        functionName: `${NAMESPACE}.${id}`,
        functionType: engine.FunctionType.User,
        description,
        abstract: description,
        functionParameter: parameters.map(({ name, description: detail, optional }) => ({
          name,
          detail,
          example,
          require: optional ? 0 : 1,
          repeat: 0,
        })),
      })),
    );
  }

  function leave(): void {
    topics?.close();
    topics = null;
  }

  return {
    follow(unitId, follower, spoken) {
      leave();
      if (spoken !== language) {
        language = spoken;
        described.dispose();
        described = describe();
      }
      topics = topicsOf({ api, formulas: injector.get(engine.FormulaDataModel), unitId, follower });
      topics.askAll(callsOurs);
    },
    leave,
    messageAt: (sheetId, row, column) => topics?.messageAt(cellKey({ sheetId, row, column })) ?? null,
    close() {
      leave();
      described.dispose();
      service.unregisterExecutors(...names);
    },
  };
}

const OURS = new Set(FUNCTION_IDS.map((id) => `${NAMESPACE}.${id}`));

/** Whether a formula calls one of ours. */
function callsOurs(formula: string): boolean {
  if (!/allot\./i.test(formula)) return false;
  return formulaTokens(formula).some((token) => token.kind === 'word' && OURS.has(token.text.toUpperCase()));
}
