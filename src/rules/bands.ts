import type { BandStatement, BandLine as LineNode } from '../../grammar/tree.ts';
import { compare, type Rational, ZERO } from '../exact/rational.ts';
import { foldText } from '../exact/value.ts';
import type { ProblemData } from '../problems/problem.ts';
import { boundOf } from './literals.ts';
import type { Band, BandLine } from './program.ts';
import type { Reporter } from './report.ts';

type Test = BandLine['test'];
type Family = 'rising' | 'falling' | 'texts';

const familyOf = (kind: LineNode['test']['kind']): Family | null => {
  switch (kind) {
    case 'upTo':
    case 'below':
      return 'rising';
    case 'atLeast':
    case 'above':
      return 'falling';
    case 'texts':
      return 'texts';
    case 'otherwise':
      return null;
  }
};

/** What a band's lines say, before their values are resolved. */
export interface BandShape {
  readonly of: Band['of'];
  readonly tests: readonly { readonly test: Test; readonly line: LineNode }[];
}

/** Checks the order of a band's lines and reads their tests; problems are reported at the line. */
export function bandShape(band: BandStatement, complete: boolean, reporter: Reporter): BandShape {
  const lines = band.body.filter((line): line is LineNode => line.kind === 'bandLine');
  const tests: { test: Test; line: LineNode }[] = [];
  let family: Family | null = null;
  let of: Band['of'] = 'any';
  let last: { readonly value: Rational; readonly inclusive: boolean } | null = null;
  const texts = new Set<string>();
  if (band.marginal) last = { value: ZERO, inclusive: true };

  const order = (line: LineNode, reason: Extract<ProblemData, { code: 'band-order' }>['reason']): void =>
    reporter.error(line.span, { code: 'band-order', reason });

  lines.forEach((line, index) => {
    const { test } = line;
    // Both the `otherwise` that is not last and the line that stands after it are out of order.
    if (lines[index - 1]?.test.kind === 'otherwise') order(line, 'after-otherwise');
    if (test.kind === 'otherwise') {
      tests.push({ test, line });
      if (index < lines.length - 1) order(line, 'otherwise-last');
      return;
    }
    const own = familyOf(test.kind);
    if (band.marginal && test.kind !== 'upTo') return order(line, 'marginal');
    if (family !== null && own !== family) return order(line, 'mixed');
    family = own;
    if (test.kind === 'texts') {
      of = 'text';
      const folded = test.texts.map((text) => foldText(text.value));
      for (const text of folded) {
        if (texts.has(text)) reporter.error(line.span, { code: 'unreachable-line', reason: 'same-text' });
        texts.add(text);
      }
      tests.push({ test: { kind: 'texts', texts: folded }, line });
      return;
    }
    const bound = boundOf(test.bound, reporter);
    if (bound === null) {
      reporter.error(test.bound.span, { code: 'syntax', reason: 'needs-literal' });
      return;
    }
    if (band.marginal && bound.kind === 'date')
      reporter.error(test.bound.span, { code: 'type-mismatch', expected: 'number', found: 'date' });
    else if (of !== 'any' && of !== bound.kind) return order(line, 'mixed');
    of = bound.kind;
    // `below` ends before its bound and `above` begins past it: after `below 5`, `up to 5` still adds the 5.
    const inclusive = test.kind === 'upTo' || test.kind === 'atLeast';
    if (last !== null) {
      const direction = compare(bound.value, last.value);
      const forward = family === 'rising' ? direction : -direction;
      // A line out of order leaves the bound that later ones must pass as it was.
      if (forward < 0) return order(line, family === 'rising' ? 'not-rising' : 'not-falling');
      if (forward === 0 && (last.inclusive || !inclusive))
        reporter.error(line.span, { code: 'unreachable-line', reason: 'same-bound' });
    }
    last = { value: bound.value, inclusive };
    tests.push({ test: { kind: test.kind, bound: bound.value }, line });
  });

  const open = !lines.some((line) => line.test.kind === 'otherwise');
  if (open && complete && lines.length > 0)
    reporter.warning(band.name.span, { code: 'band-open-ended', name: band.name.text });
  if (band.marginal) checkRates(lines, reporter);
  return { of, tests };
}

/** A rate that is plainly no number is found when the rules are read. */
function checkRates(lines: readonly LineNode[], reporter: Reporter): void {
  for (const { value } of lines) {
    if (value.kind !== 'text' && value.kind !== 'date' && value.kind !== 'logical') continue;
    reporter.error(value.span, { code: 'type-mismatch', expected: 'number', found: value.kind });
  }
}
