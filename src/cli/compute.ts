import type { ColumnOptions } from '../engine/columns/index.ts';
import type { Results } from '../engine/results.ts';
import { run as runProgram } from '../engine/run.ts';
import { withProblems } from '../problems/once.ts';
import type { Problem } from '../problems/problem.ts';
import type { Program } from '../rules/program.ts';
import type { Io } from './io.ts';
import { type Loaded, load } from './load.ts';
import { watch } from './progress.ts';
import type { Texts } from './texts.ts';

/** A book and what its rules come to; null where the rules or the headings have an error. */
export interface Computed {
  readonly loaded: Loaded;
  readonly run: { readonly program: Program; readonly results: Results } | null;
  /** Of the rules, the data and the run, each once. */
  readonly problems: readonly Problem[];
}

/** Opens a book and computes it, with a bar for people where that takes long. Refuses with a BookError. */
export async function compute(path: string, asOf: number, io: Io, t: Texts): Promise<Computed> {
  return computeLoaded(await loadBook(path, asOf, io, t), io, t);
}

/** Opens a book, with a bar for people where that takes long. Refuses with a BookError. */
export async function loadBook(path: string, asOf: number, io: Io, t: Texts): Promise<Loaded> {
  const reading = watch(io, t.reading);
  return load(path, asOf, reading).finally(() => reading.stop());
}

export function computeLoaded(loaded: Loaded, io: Io, t: Texts, options: ColumnOptions = {}): Computed {
  const { program, problems, workbook } = loaded;
  if (program === null) return { loaded, run: null, problems };
  const computing = watch(io, t.computing);
  try {
    const results = withProblems(problems, runProgram(program, workbook, computing, options));
    return { loaded, run: { program, results }, problems: results.problems };
  } finally {
    computing.stop();
  }
}
