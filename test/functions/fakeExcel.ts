import type { FunctionHost } from '../../src/functions/excel.ts';

/** Excel's error, as its runtime makes it. */
class HostError {
  readonly code: CustomFunctions.ErrorCode;
  readonly message?: string;

  constructor(code: CustomFunctions.ErrorCode, message?: string) {
    this.code = code;
    if (message !== undefined) this.message = message;
  }
}

/** The values of the runtime's enumeration; its types are all that is installed. */
const CODES = {
  invalidValue: '#VALUE!',
  notAvailable: '#N/A',
  divisionByZero: '#DIV/0!',
  invalidNumber: '#NUM!',
  nullReference: '#NULL!',
  invalidName: '#NAME?',
  invalidReference: '#REF!',
} as unknown as typeof CustomFunctions.ErrorCode;

export interface FakeCell {
  /** All that was pushed; errors as `#N/A: message`. */
  readonly shown: unknown[];
  /** Clears the cell, or recalculates it by hand. */
  cancel(): void;
}

export interface FakeExcel extends FunctionHost {
  readonly ids: readonly string[];
  /** A formula of a streaming function in a cell; arguments that are left out are null. */
  stream(id: string, ...given: unknown[]): FakeCell;
  /** A formula of any other function. */
  call(id: string, ...given: unknown[]): unknown;
}

/** Excel's side of custom functions: it calls what was associated, as its documentation says. */
export function fakeExcel(): FakeExcel {
  const functions = new Map<string, (...given: unknown[]) => unknown>();
  const found = (id: string): ((...given: unknown[]) => unknown) => {
    const associated = functions.get(id);
    if (associated === undefined) throw new Error(`#NAME? ${id}`);
    return associated;
  };
  const show = (value: unknown): unknown =>
    value instanceof HostError
      ? `${value.code}${value.message === undefined ? '' : `: ${value.message}`}`
      : value;
  function associate(id: string | Record<string, unknown>, associated?: unknown): void {
    if (typeof id !== 'string' || typeof associated !== 'function') throw new Error('not as we call it');
    functions.set(id, associated as (...given: unknown[]) => unknown);
  }
  return {
    associate,
    Error: HostError as unknown as typeof CustomFunctions.Error,
    ErrorCode: CODES,
    get ids() {
      return [...functions.keys()];
    },
    stream(id, ...given) {
      const shown: unknown[] = [];
      const invocation: CustomFunctions.StreamingInvocation<unknown> = {
        functionName: id,
        setResult: (value) => void shown.push(show(value)),
      };
      const result = found(id)(...given, invocation);
      if (result !== undefined) throw new Error('a streaming function gives nothing back');
      return { shown, cancel: () => invocation.onCanceled?.() };
    },
    call(id, ...given) {
      try {
        return found(id)(...given, { functionName: id });
      } catch (error) {
        if (error instanceof HostError) return show(error);
        throw error;
      }
    },
  };
}
