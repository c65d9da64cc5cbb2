import { describe, expect, it } from 'vitest';
import type { SyntaxReason } from '../../grammar/tree.ts';
import { marked, parse } from './marked.ts';

type Row = readonly [reason: SyntaxReason | 'thousands-separator', source: string];

/** Each with the only thing that is wrong between marks; an empty pair of marks is one past the line's end. */
const ROWS: readonly Row[] = [
  // Rules.
  ['unexpected', 'x = ‹|=|› 3'],
  ['unexpected', 'x =‹|=|› 3'],
  ['unexpected', '‹|=|› 3'],
  ['unexpected', '‹|+|›x = 3'],
  ['unexpected', '‹|3|› = x'],
  ['unexpected', '‹|"a"|› = x'],
  ['missing', 'x‹||›'],
  ['missing', 'x =‹||›'],
  ['missing', 'x =‹||›   '],
  ['missing', 'x =‹||›   # nothing yet'],
  ['missing', 'x = 1 +‹||›  '],
  ['missing', 'x = not‹||›'],
  ['missing', 'x = (1 + 2‹||›'],
  ['missing', 'x = round(1, 2‹||› # open'],
  ['missing', 'x = round(‹||›'],
  ['unexpected', 'x = 1 ‹|2|›'],
  ['unexpected', 'x = 1 ‹|)|›'],
  ['unexpected', 'x = a ‹|b|› + c d'],
  ['unexpected', 'x = 1 ‹|,|› 2'],
  ['unexpected', 'x = ‹|+|›1'],
  ['unexpected', 'x = (‹|)|›'],
  ['unexpected', 'x = round(1,‹|)|›'],
  ['unexpected', 'x = round(‹|,|› 1)'],
  ['unexpected', 'x = a = ‹|not|› b'],
  ['unexpected', 'x = a ‹|not|› in (1, 2)'],
  ['unexpected', 'x = a in ‹|1|›'],
  ['unexpected', 'x = a in (‹|)|›'],
  ['unexpected', 'x = sum(T[x] where‹|)|›'],
  ['unexpected', 'x = sum(T[x] where a ‹|by|› b)'],
  ['unexpected', 'x = f(a, b ‹|where|› c)'],
  ['unexpected', 'x = ‹|where|›'],
  ['unexpected', '‹|where|› = 3'],
  ['unexpected', '‹|其中|› = 3'],
  ['unexpected', '‹|blank|› = 3'],
  ['unexpected', '‹|计薪日|› = 2026-01-01'],
  ['unexpected', '‹|TRUE|› = 3'],
  ['unexpected', 'x = T[a]‹|[b]|›'],
  ['unexpected', 'x = T‹|[@a]|›'],
  ['unexpected', 'x = ‹|[]|›'],
  ['unexpected', 'x = ‹|[ ]|›'],
  ['unexpected', 'x = ‹|[@]|›'],
  ['unexpected', 'x = 12.5‹|元|›'],
  ['bad-character', 'x = ‹|.|›5'],
  ['bad-character', 'x = 5‹|.|›'],
  ['bad-character', 'x = a ‹|&|› b'],
  ['bad-character', 'x = a ‹|!|›= b'],
  ['bad-character', 'x = a ‹|！|›= b'],
  ['bad-character', "x = ‹|'|›a'"],
  ['bad-character', 'x = 12 ‹|%|›'],
  ['bad-character', 'x = ‹|”|›a“'],
  ['bad-character', 'x = a‹|：|› b'],
  ['bad-character', 'x = ‹|😀|›'],
  ['bad-character', 'x = 1‹|;|›'],
  ['bad-character', 'x = ‹|٣٤|›'],
  ['bad-character', 'x ‹|:|›= 3'],
  ['unclosed-text', 'x = ‹|"abc|›  '],
  ['unclosed-text', 'x = ‹|“abc" # no comment|›'],
  ['unclosed-text', 'x = ‹|"abc""|›'],
  ['unclosed-bracket', 'x = ‹|[abc|› '],
  ['unclosed-bracket', 'x = T‹|[abc + 1|›'],
  ['bad-date', 'x = ‹|2026-02-29|›'],
  ['bad-date', 'x = ‹|2026-13-01|› + 1'],
  ['bad-date', 'x = ‹|0000-01-01|›'],
  ['bad-date', 'x = ‹|2026-01-01 24:00|›'],
  ['bad-date', 'x = ‹|2026-01-01 9:30|›'],
  ['bad-date', 'x = ‹|2026-01-01  09:60:00|›'],
  ['bad-date', 'x = 1 from ‹|2026-04-31|›'],
  // Positions count in the line as written, in UTF-16 units.
  ['unexpected', '㎏ ＝ 1 ‹|２|›'],
  ['unexpected', 'x = "😀" ‹|3|›'],
  ['unexpected', '比例　＝　１２％　‹|３|›'],
  ['bad-character', 'x = ‹|½|›'],
  // Versions.
  ['missing', 'x = 1 from‹||›'],
  ['needs-literal', 'x = 1 from ‹|day|›'],
  ['needs-literal', 'x = 1 from ‹|2026|›-1-1'],
  ['unexpected', 'x = 1 until 2026-01-01 ‹|from|› 2025-01-01'],
  ['unexpected', 'x = 1 自 2026-01-01 起 ‹|起|›'],
  ['unexpected', 'x = 1 ‹|自2026|›-01-01'],
  // Statements.
  ['missing', 'unit‹||›'],
  ['needs-literal', 'unit ‹|x|›'],
  ['needs-literal', 'unit ‹|-|›1'],
  ['unexpected', 'unit 1 ‹|元|›'],
  ['missing', 'table‹||›'],
  ['unexpected', 'table Staff ‹|id|›'],
  ['missing', 'table Staff key‹||›'],
  ['unexpected', 'table Staff key ‹|where|› x = 1'],
  ['missing', 'table Staff where‹||› # every row'],
  ['unexpected', 'table Staff\n  engineer ‹|of|› Staff'],
  ['missing', 'table Staff\n  engineer in‹||›'],
  ['unexpected', 'table Staff\n  ‹|3|› in Staff'],
  ['unexpected', 'each ‹|where|› x = 1\n  y = 2'],
  ['missing', 'each‹||›\n  y = 2'],
  ['unexpected', 'each T\n  ‹|otherwise|› -> 3\n  y = 2'],
  ['unexpected', 'each T\n  ‹|each|› U\n  y = 2'],
  ['unexpected', 'band ‹|from|› 2026-01-01\n  up to 1 -> 2'],
  ['unexpected', 'band b ‹|x|›\n  up to 1 -> 2'],
  ['unexpected', 'band b marginal ‹|marginal|›\n  up to 1 -> 2'],
  ['unexpected', 'band b\n  ‹|upto|› 1 -> 2\n  otherwise -> 3'],
  ['unexpected', '分档 b\n  ‹|不超过1|› -> 2\n  其余 -> 3'],
  ['unexpected', 'band b\n  up to 1 ‹|=|›> 2\n  otherwise -> 3'],
  ['missing', 'band b\n  up to 1‹||›\n  otherwise -> 3'],
  ['missing', 'band b\n  up to 1 ->‹||›\n  otherwise -> 3'],
  ['needs-literal', 'band b\n  up to ‹|x|› -> 2\n  otherwise -> 3'],
  ['needs-literal', 'band b\n  up to ‹|(|›1) -> 2\n  otherwise -> 3'],
  ['needs-literal', 'band b\n  up to ‹|"a"|› -> 2\n  otherwise -> 3'],
  ['needs-literal', 'band b\n  up to -‹|-|›1 -> 2\n  otherwise -> 3'],
  ['unexpected', 'band b\n  "A" ‹|"B"|› -> 2\n  otherwise -> 3'],
  ['missing', 'band b\n  "A",‹||›\n  otherwise -> 3'],
  ['unexpected', 'band b\n  otherwise ‹|3|› -> 3\n  up to 1 -> 2'],
  ['unexpected', 'score s ‹|Staff|›\n  100% x'],
  ['missing', 'score s for‹||›\n  100% x'],
  ['needs-literal', 'score s for T out of ‹|n|›\n  100% x'],
  ['unexpected', 'score s for T skip blank ‹|where|› a = 1\n  100% x'],
  ['unexpected', 'score s for T ‹|skip|›\n  100% x'],
  ['needs-literal', 'score s for T\n  ‹|w|› x\n  100% x'],
  ['missing', 'score s for T\n  50%‹||›\n  100% x'],
  ['unexpected', 'score s for T\n  50% x ‹|"label"|›\n  100% x'],
  ['unexpected', 'share pool ‹|for|› Staff by w as r'],
  ['unexpected', 'share ‹|among|› Staff by w as r'],
  ['missing', 'share pool among Staff by w‹||›'],
  ['unexpected', 'share pool among Staff ‹|as|› r'],
  ['missing', 'share pool among Staff by w as‹||›'],
  ['unexpected', 'share pool among Staff by w as r\n  ‹|limit|› 3'],
  ['missing', 'share pool among Staff by w as r\n  cap‹||›'],
  ['unexpected', 'share pool among Staff by w as r\n  cap ‹|=|› 3'],
  ['unexpected', 'share pool among Staff by w as r\n  rest ‹|left|›'],
  ['unexpected', 'statement s ‹|Staff|›\n  add x'],
  ['unexpected', 'statement s for Staff\n  ‹|plus|› x\n  add y'],
  ['unexpected', 'statement s for Staff\n  add x ‹|y|›\n  add y'],
  ['missing', 'statement s for Staff\n  add‹||›\n  add y'],
  ['missing', 'check‹||›'],
  ['missing', 'check a = 1,‹||›'],
  ['unexpected', 'check a = 1, ‹|b|›'],
  ['unexpected', 'check a = 1 ‹|"message"|›'],
  // A line of a body that stands at depth 0.
  ['unexpected', 'band b\n  otherwise -> 3\n‹|up to|› 1 -> 2'],
  ['unexpected', 'share p among T by w as r\n‹|floor|› 0'],
  ['unexpected', 'share p among T by w as r\n‹|rest|› as x'],
  // Words that are no keyword.
  ['unexpected', 'bnad ‹|grade|›\n  up to 1 -> 2\n  not read = at ) all'],
  ['missing', '分档响应得分‹||›\n  不超过 1 -> 2'],
  ['unexpected', 'each T\n  shrae ‹|p|› among U by w as r\n    cap 3\n  x = 1'],
  // Bodies.
  ['no-body', 'band b‹||› # nothing'],
  ['no-body', 'each T where x = 1‹||›\n\n# only comments\n  # here\n'],
  ['no-body', 'score s for T‹||›\nx = 1'],
  ['no-body', 'statement s for T‹||›  '],
  // Depth.
  ['indentation', ' ‹|x|› = 3'],
  ['indentation', 'each T\n   ‹|x|› = 3\n  y = 2'],
  ['indentation', 'each T\n \t‹|x|› = 3\n  y = 2'],
  ['indentation', 'each T\n　‹|x|› = 3\n  y = 2'],
  ['indentation', 'each T\n    ‹|x|› = 3\n  y = 2'],
  ['indentation', 'band b\n    ‹|up to|› 1 -> 2\n    ‹|otherwise|› -> 3\nx = 1'],
  ['indentation', 'each T\n ‹|x|› = 3'],
  ['indentation', '  ‹|x|› = 3'],
  ['indentation', 'x = 3\n  ‹|y|› = 3'],
  ['indentation', 'check x = 3\n  ‹|y|› = 3'],
  ['indentation', 'share p among T by w as r\n  cap 3\n    ‹|cap|› 3'],
  ['indentation', 'each T\n  x = 3\n    ‹|cap|› 3'],
  ['indentation', '  ‹|each|› T\n    x = 1\n    = = not read'],
  ['indentation', ' ‹|each|› T\n  x = 1'],
  // Thousands separators.
  ['thousands-separator', 'rate = ‹|1,000|›'],
  ['thousands-separator', 'rate = ‹|1，000|› * 2'],
  ['thousands-separator', 'rate = ‹|12,345,678.50|› + 1'],
  ['thousands-separator', 'rate = ‹|1,000%|›'],
  ['thousands-separator', 'rate = (‹|1,000|›)'],
  ['thousands-separator', 'rate = round((‹|1,000|›), 2)'],
  ['thousands-separator', 'rate = ‹|１，０００|›'],
  ['thousands-separator', 'check x < ‹|1,000|›, "too much"'],
  ['thousands-separator', 'unit ‹|1,000|›'],
  ['thousands-separator', 'band b\n  up to ‹|1,000|› -> 1\n  otherwise -> 2'],
  ['thousands-separator', 'share p among T by w as r\n  cap ‹|3,000|›'],
  ['thousands-separator', 'share p among T by w as r\n  cap (‹|3,000|›)'],
  ['thousands-separator', 'statement s for T\n  add ‹|1,000|› "Bonus"\n  add x'],
  ['unexpected', 'rate = 1‹|,|›00'],
  ['unexpected', 'rate = 1‹|,|›0000'],
  ['unexpected', 'rate = 1‹|,|› 000'],
  ['unexpected', 'rate = 1 ‹|,|›000'],
];

describe('malformed lines', () => {
  it.each(ROWS)('%s: %s', (reason, source) => {
    const { text, spans } = marked(source);
    const found = parse(text).problems.map((problem) => ({
      reason: problem.code === 'syntax' ? problem.reason : problem.code,
      span: problem.span,
    }));
    expect(found).toEqual(spans.map((span) => ({ reason, span })));
  });

  it('are all told in one run, in the order of lines', () => {
    const { text, spans } = marked(
      'x = ‹|=|› 3\nband b\n  up to 1 ‹|2|›\n  ‹|upto|› 2 -> 1\n  otherwise -> 3\nscore s ‹|Staff|›\n  50% x ‹|y|›\neach T‹||›\nz = ‹|1,000|› + ‹|)|›',
    );
    const file = parse(text);
    expect(file.problems.map((p) => p.span)).toEqual(spans);
    // The band lost lines, the score's first line is lost altogether.
    expect(file.items.map((item) => item.kind)).toEqual(['band']);
    expect(file.brokenBodies).toContain(1);
    expect(file.brokenNames.map((n) => n.text)).toEqual(expect.arrayContaining(['x', 's', 'z']));
  });
});

describe('commas that separate', () => {
  it.each([
    'x = round(1,000)',
    'x = f(a, 1,000, 2)',
    'x = a in (100,200)',
    'x = [my band](1,000)',
    'share p among T by w as r\n  cap min(1,000)',
    'check f(1,000)',
  ])('%s', (text) => {
    expect(parse(text).problems).toEqual([]);
  });
});

describe('names of lines that are left out', () => {
  it.each<readonly [string, readonly string[]]>([
    ['x = = 3', ['x']],
    ['rate = = 1,000', ['rate']],
    ['band b = 3 from', ['b']],
    ['[my rate] = (', ['my rate']],
    ['score s Staff', ['s']],
    ['share p amongst T by w as r', ['r']],
    ['share p among T by w as r\n  rest as left over', ['left']],
    ['share p among T by w as r\n  cap 3 4', []],
    ['statement pay Staff', ['pay']],
    ['band b', ['b']],
    ['each T where\n  y = 3', ['y']],
    ['each T\n  y = 3\n      deep = 3', ['deep']],
    ['scroe s for T', ['scroe', 's']],
    ['table T key', []],
  ])('%s', (text, names) => {
    expect(parse(text).brokenNames.map((name) => name.text)).toEqual(names);
  });
});
