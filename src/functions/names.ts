import type { FunctionName } from '../workbook/live.ts';
import { FUNCTION_IDS, type FunctionShape, NAMESPACE, SHAPES } from './shapes.ts';

/**
 * Workbook names under which our functions can be called without their namespace: `=SUPPORTSCORE("E1007")`. That a name
 * may stand for a custom function is not documented by Excel: an experiment, off by default.
 */
export function functionNames(): readonly FunctionName[] {
  return FUNCTION_IDS.map((id) => ({ name: id, formula: formulaOf(SHAPES[id]) }));
}

/** A LAMBDA with the function's own parameters; those left out are handed on as blanks, which mean the same. */
function formulaOf({ id, parameters }: FunctionShape): string {
  const call = (without: string | null): string => {
    const given = parameters.map(({ name, optional }) => {
      if (name === without) return '';
      return optional && name !== 'key' ? `IF(ISOMITTED(${name}),"",${name})` : name;
    });
    return `${NAMESPACE}.${id}(${given.join(',')})`;
  };
  const taken = parameters.map(({ name, optional }) => (optional ? `[${name}]` : name));
  // A blank key is an error and not a key left out: only then is there a whole column.
  const keyed = parameters.some(({ name, optional }) => optional && name === 'key');
  const body = keyed ? `IF(ISOMITTED(key),${call('key')},${call(null)})` : call(null);
  return `=LAMBDA(${[...taken, body].join(',')})`;
}
