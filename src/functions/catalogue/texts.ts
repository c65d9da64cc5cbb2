import type { FunctionId } from '../shapes.ts';

/** A description for every parameter: one that is missing does not compile. */
interface ParameterNames {
  readonly SUPPORTSCORE: 'member' | 'column' | 'as_of';
  readonly RULE: 'name' | 'key' | 'as_of';
  readonly BAND: 'band' | 'value' | 'as_of';
  readonly STATEMENT: 'key' | 'as_of';
  readonly EXPLAIN: 'name' | 'key' | 'as_of';
  readonly PROBLEMS: never;
  readonly ALLOCATE: 'pool' | 'weights' | 'floors' | 'caps' | 'unit' | 'keys';
  readonly WEIGHTED: 'weights' | 'values' | 'skip_blank';
  readonly STEPS: 'x' | 'size';
}

/** The words of all functions in one language. */
export interface FunctionTexts {
  readonly title: string;
  readonly introduction: readonly string[];
  readonly headings: {
    readonly function: string;
    readonly gives: string;
    readonly optional: string;
    readonly example: string;
  };
  readonly functions: {
    readonly [F in FunctionId]: {
      /** One sentence or two: Excel shows it while a formula is written. */
      readonly description: string;
      readonly parameters: { readonly [P in ParameterNames[F]]: string };
      readonly example: string;
      /** Further paragraphs of the help page. */
      readonly notes: readonly string[];
    };
  };
}
