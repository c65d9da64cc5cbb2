import type { MatchedLine, Reason, Settlement } from '../engine/plain/index.ts';
import type { Outcome, ShareMember } from '../engine/results.ts';
import { isoText } from '../exact/date.ts';
import { exactText } from '../exact/decimal.ts';
import type { Rational } from '../exact/rational.ts';
import { type Language, message } from '../problems/messages/index.ts';
import { type Place, placeText } from '../problems/problem.ts';

/** A value of JSON. Members have names of ours only, so that a plain object holds them safely. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A tree of reasons as JSON: numbers exact as in a run, places as text, everything that there is in words. */
export function reasonJson(reason: Reason, language: Language): Json {
  const fault = reason.outcome.kind === 'fault' ? reason.outcome.problem : null;
  return {
    kind: reason.kind,
    ...particulars(reason),
    value: value(reason.outcome),
    ...(fault === null
      ? {}
      : {
          error: {
            code: fault.code,
            message: message(fault, language),
            ...(fault.at === undefined ? {} : { at: placeText(fault.at) }),
            ...(fault.rule === undefined ? {} : { rule: fault.rule }),
            ...(fault.key === undefined ? {} : { key: fault.key }),
          },
        }),
    ...(reason.origin === undefined ? {} : { origin: placeText(reason.origin) }),
    ...(reason.seen === true ? { seen: true } : {}),
    ...(reason.cut === true ? { cut: true } : {}),
    ...(reason.children.length === 0
      ? {}
      : { because: reason.children.map((child) => reasonJson(child, language)) }),
  };
}

function particulars(reason: Reason): { readonly [name: string]: Json } {
  const at = 'at' in reason ? { at: placeText(reason.at) } : {};
  switch (reason.kind) {
    case 'scalar':
      return { name: reason.name, ...at };
    case 'column':
      return { name: reason.name, table: reason.table, key: reason.key, by: reason.by, ...at };
    case 'sheet':
      return {
        name: reason.name,
        table: reason.table,
        key: reason.key,
        at: placeText(reason.cell),
      };
    case 'name':
      return { name: reason.name, at: placeText(reason.cell) };
    case 'asOf':
      return {};
    case 'band':
      return {
        name: reason.name,
        ...at,
        argument: value(reason.argument),
        ...(reason.marginal
          ? {
              slices: reason.slices.map((slice) => ({
                line: lineJson(slice.line),
                amount: exactText(slice.amount),
                rate: value(slice.rate),
              })),
            }
          : { line: reason.line === null ? null : lineJson(reason.line) }),
      };
    case 'aggregate':
      return {
        function: reason.fn,
        table: reason.table,
        ...at,
        rows: reason.rows,
        blank: reason.blank,
        more: reason.more,
      };
    case 'lookup':
      return { function: reason.fn, table: reason.table, ...at, found: reason.found?.key ?? null };
    case 'rank':
      return { table: reason.table, ...at, rows: reason.rows };
    case 'row':
      return {
        table: reason.table,
        key: reason.key,
        at: placeText(reason.cell),
        ...(reason.weight === undefined ? {} : { weight: value(reason.weight) }),
      };
    case 'input':
      return {
        ...at,
        weight: exactText(reason.weight),
        counted: number(reason.counted),
        points: number(reason.points),
      };
    case 'component':
      return { sign: reason.sign, label: reason.label, ...at };
    case 'share':
      return {
        name: reason.name,
        ...at,
        ...(reason.of === null ? {} : { of: reason.of.key }),
        ...(reason.settlement === null ? {} : settlementJson(reason.settlement)),
        ...(reason.member === null ? {} : { member: memberJson(reason.member) }),
      };
    case 'part':
      return { role: reason.role, ...at };
    default: {
      const never: never = reason;
      return never;
    }
  }
}

function settlementJson(s: Settlement): { readonly [name: string]: Json } {
  return {
    pool: exactText(s.pool),
    unit: exactText(s.unit),
    settled: exactText(s.settled),
    shared: exactText(s.shared),
    unallocated: exactText(s.unallocated),
    level: number(s.level),
    members: s.members,
    weights: exactText(s.weights),
    open: {
      members: s.open.members,
      weights: exactText(s.open.weights),
      units: s.open.units.toString(),
    },
  };
}

function memberJson(m: ShareMember): Json {
  return {
    weight: exactText(m.weight),
    floor: m.floor === null ? null : m.floor.toString(),
    cap: m.cap === null ? null : m.cap.toString(),
    quota: number(m.quota),
    units: m.units.toString(),
    by: m.by,
  };
}

function lineJson({ at, test }: MatchedLine): Json {
  const bound = 'bound' in test ? { bound: value(test.bound) } : {};
  const texts = 'texts' in test ? { texts: test.texts } : {};
  return { at: placeText(at satisfies Place), test: test.kind, ...bound, ...texts };
}

const number = (x: Rational | null): string | null => (x === null ? null : exactText(x));

function value(outcome: Outcome): Json {
  switch (outcome.kind) {
    case 'number':
      return exactText(outcome.value);
    case 'text':
      return outcome.value;
    case 'date':
      return isoText(outcome.ms);
    case 'logical':
      return outcome.value;
    case 'blank':
    case 'fault':
      return null;
    default: {
      const never: never = outcome;
      return never;
    }
  }
}
