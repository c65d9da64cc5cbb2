import type { Name, SourceLine, Span } from '../../grammar/tree.ts';
import type { Place, Problem, ProblemData } from '../problems/problem.ts';

/** Collects the problems of a rule file and turns spans into places. */
export interface Reporter {
  place(span: Span): Place;
  error(span: Span, data: ProblemData): void;
  warning(span: Span, data: ProblemData): void;
  /** In the order of the file. */
  problems(): readonly Problem[];
}

export function createReporter(lines: readonly SourceLine[]): Reporter {
  const found: { readonly span: Span; readonly problem: Problem }[] = [];
  const seen = new Set<string>();

  function place(span: Span): Place {
    const line = lines[span.line];
    if (line === undefined) throw new RangeError(`no rule line ${span.line}`);
    return { kind: 'rule', line: line.place, start: span.start, end: span.end };
  }

  function report(span: Span, severity: Problem['severity'], data: ProblemData): void {
    // One expression may be read several times (versions of a share share an `each`): its problem is one.
    const id = `${data.code} ${span.line}:${span.start}-${span.end}`;
    if (seen.has(id)) return;
    seen.add(id);
    found.push({ span, problem: { ...data, severity, at: place(span) } });
  }

  return {
    place,
    error: (span, data) => report(span, 'error', data),
    warning: (span, data) => report(span, 'warning', data),
    problems: () =>
      found
        .sort((a, b) => a.span.line - b.span.line || a.span.start - b.span.start)
        .map(({ problem }) => problem),
  };
}

/** A span that covers a name alone. */
export const spanOf = (name: Name): Span => name.span;
