import { describe, expect, it } from 'vitest';
import type { Expression, Rule } from '../../grammar/tree.ts';
import { cut, marked, parse } from './marked.ts';

function ruleOf(text: string): Rule {
  const file = parse(text);
  expect(file.problems).toEqual([]);
  const [item] = file.items;
  if (item?.kind !== 'rule') throw new Error(`no rule: ${text}`);
  return item;
}

/** A tree as nested lists, operators first: `(+ 1 (* 2 x))`. */
function shape(e: Expression): string {
  switch (e.kind) {
    case 'number':
      return `${e.digits}${e.percent ? '%' : ''}`;
    case 'text':
      return JSON.stringify(e.value);
    case 'date':
      return e.value;
    case 'logical':
      return String(e.value);
    case 'blank':
    case 'asOf':
      return e.kind;
    case 'name':
      return e.name;
    case 'thisRow':
      return `@${e.column}`;
    case 'tableColumn':
      return `${e.table.text}.${e.column.text}`;
    case 'unary':
      return `(${e.operator} ${shape(e.operand)})`;
    case 'binary':
      return `(${e.operator} ${shape(e.left)} ${shape(e.right)})`;
    case 'in':
      return `(in ${shape(e.operand)} ${e.list.map(shape).join(' ')})`;
    case 'group':
      return `{${shape(e.inner)}}`;
    case 'call': {
      const by = e.by === null ? '' : ` by ${shape(e.by)}`;
      const where = e.where === null ? '' : ` where ${shape(e.where)}`;
      return `${e.name.text}[${e.args.map(shape).join(' ')}${by}${where}]`;
    }
  }
}

describe('expressions', () => {
  it.each([
    ['1 + 2 * 3', '(+ 1 (* 2 3))'],
    ['1 - 2 - 3', '(- (- 1 2) 3)'],
    ['8 / 4 / 2', '(/ (/ 8 4) 2)'],
    ['2 ^ 3 ^ 2', '(^ (^ 2 3) 2)'],
    ['-2^2', '(^ (- 2) 2)'],
    ['2 ^ -1', '(^ 2 (- 1))'],
    ['--1', '(- (- 1))'],
    ['1 - -1', '(- 1 (- 1))'],
    ['a or b and not c = 1', '(or a (and b (not (= c 1))))'],
    ['not a and b', '(and (not a) b)'],
    ['not not a', '(not (not a))'],
    ['a and b and c', '(and (and a b) c)'],
    ['1 < 2 = TRUE', '(= (< 1 2) true)'],
    ['1/3*3 = 1', '(= (* (/ 1 3) 3) 1)'],
    ['a + 1 in (1, 2) and b', '(and (in (+ a 1) 1 2) b)'],
    ['not a in ("x", "y")', '(not (in a "x" "y"))'],
    ['a = b in (TRUE)', '(in (= a b) true)'],
    ['a in (1) = TRUE', '(= (in a 1) true)'],
    ['(1 + 2) * 3', '(* {(+ 1 2)} 3)'],
    ['x × y ÷ z', '(/ (* x y) z)'],
    ['a ≤ 1 或 a ≥ 2 且 a ≠ 3', '(or (<= a 1) (and (>= a 2) (<> a 3)))'],
    ['blank', 'blank'],
    ['空白', 'blank'],
    ['blank(x)', 'blank[x]'],
    ['AS_OF', 'asOf'],
    ['计薪日 - 1', '(- asOf 1)'],
    ['true', 'true'],
    ['12.50%', '12.50%'],
    ['1e5', '1e5'],
    ['5G业务办理量', '5G业务办理量'],
    ['12元', '12元'],
    ['2026-01-31', '2026-01-31'],
    ['2026-01-31  09:30', '2026-01-31 09:30'],
    ['2026-1-31', '(- (- 2026 1) 31)'],
    ['T[a b]', 'T.a b'],
    ['[a b] [c]', 'a b.c'],
    ['[@x] + x', '(+ @x x)'],
    ['key + unit + floor', '(+ (+ key unit) floor)'],
    ['floor(x, 1) + 不超过', '(+ floor[x 1] 不超过)'],
    ['f()', 'f[]'],
    ['sum(T[a] where b)', 'sum[T.a where b]'],
    ['average(T[a] by T[w] where b = 1)', 'average[T.a by T.w where (= b 1)]'],
    ['average(T[a] 按 w 其中 b, 1, 2)', 'average[T.a 1 2 by w where b]'],
    ['round(1,000)', 'round[1 000]'],
    ['"a""b"', '"a\\"b"'],
    ['“a””b"”', '"a”b\\""'],
    ['＂a＂', '"a"'],
    ['"# no comment [x"', '"# no comment [x"'],
    ['[# a "name"]', '# a "name"'],
  ])('%s', (text, wanted) => {
    expect(shape(ruleOf(`x = ${text}`).value)).toBe(wanted);
  });
});

describe('places', () => {
  it('count in the line as written', () => {
    const rule = ruleOf('比例　＝　（１２％）');
    expect(rule.name.span).toEqual({ line: 0, start: 1, end: 2 });
    expect(rule.value.span).toEqual({ line: 0, start: 6, end: 10 });
    expect(rule.value.kind === 'group' && rule.value.inner.span).toEqual({ line: 0, start: 7, end: 9 });
  });

  it('cover what they say they cover', () => {
    const text = 'pay = "😀" = 1 or sum( Sales [amount] where x ) > -2 * (a + b)  # 😀';
    const file = parse(text);
    const [rule] = file.items;
    if (rule?.kind !== 'rule' || rule.value.kind !== 'binary') throw new Error('no rule');
    const { left, right } = rule.value;
    expect(cut(file, rule.span)).toBe('pay = "😀" = 1 or sum( Sales [amount] where x ) > -2 * (a + b)');
    expect(cut(file, left.span)).toBe('"😀" = 1');
    if (right.kind !== 'binary' || right.left.kind !== 'call' || right.right.kind !== 'binary')
      throw new Error('no call');
    expect(cut(file, right.left.span)).toBe('sum( Sales [amount] where x )');
    const [column] = right.left.args;
    if (column?.kind !== 'tableColumn') throw new Error('no column');
    expect(cut(file, column.span)).toBe('Sales [amount]');
    expect(cut(file, column.table.span)).toBe('Sales');
    expect(cut(file, column.column.span)).toBe('[amount]');
    expect(cut(file, right.right.left.span)).toBe('-2');
    expect(cut(file, right.right.right.span)).toBe('(a + b)');
    expect(rule.comment).toBe(' 😀');
  });

  it('of lines reach from the first token to the last', () => {
    const { text, spans } = marked(
      '‹|each T where x|›  # c\n\t‹|y = 1 from 2026-01-01|›\n  ‹|share p among T by w as r 自 2026-01-01 起|› \n    ‹|rest as z|›\n  ‹|check y = 1, "m"|›',
    );
    const file = parse(text);
    const [each] = file.items;
    if (each?.kind !== 'each') throw new Error('no each');
    const share = each.body[1];
    if (share?.kind !== 'share') throw new Error('no share');
    const lines = [each, each.body[0], share, share.body[0], each.body[2]];
    expect(lines.map((line) => line?.span)).toEqual(spans);
  });
});

describe('keywords', () => {
  it.each([
    'floor = 3',
    'unit = 3',
    'key = 3',
    'for = 3',
    '编号 = 3',
    '不超过 = 3',
    '起 = 3',
    '[where] = 3',
    '[blank] = 3',
    'each T\n  share = 5\n  check = 2\n  add = 3',
    'table key key key',
    'band band\n  otherwise -> band',
    'score score for for\n  100% add',
    'share cap among table by share as floor\n  cap cap\n  floor floor(cap, 1)\n  floor (1 + 2)\n  rest as rest',
    'statement for for for\n  add add\n  less less "less"',
    'TABLE Staff KEY id WHERE A AND B',
    '数据表 员工 key 工号 其中 a and b',
    'x = 1 from 2026-01-01 起 until 2026-02-01',
    'x = 1 自 2026-01-01起',
    'check (1 < 2)',
  ])('are names where no keyword can stand: %s', (text) => {
    expect(parse(text).problems).toEqual([]);
  });
});

describe('bodies', () => {
  it('take tabs, pairs of blanks and ideographic ones alike', () => {
    const file = parse(
      'each T\n\tx = 1\n  y = 2\n　　z = 3\n　 w = 4\n\tshare p among T by x as r\n\t\tcap 1\n    floor 0',
    );
    expect(file.problems).toEqual([]);
    const [each] = file.items;
    expect(each?.kind === 'each' && each.body.map((line) => line.kind)).toEqual([
      'rule',
      'rule',
      'rule',
      'rule',
      'share',
    ]);
  });

  it('keep comments and blank lines where they are indented', () => {
    const text =
      '# top\n\nband b\n# between\n  up to 1 -> 2\n\n  # of the band\n  otherwise -> 3\n  # last of the band\n\n# of the next\nx = 1\n   # odd is no matter\n';
    const file = parse(text);
    expect(file.problems).toEqual([]);
    expect(file.items.map((item) => item.kind)).toEqual([
      'comment',
      'blankLine',
      'band',
      'blankLine',
      'comment',
      'rule',
      'comment',
    ]);
    const band = file.items[2];
    expect(band?.kind === 'band' && band.body.map((line) => line.kind)).toEqual([
      'comment',
      'bandLine',
      'blankLine',
      'comment',
      'bandLine',
      'comment',
    ]);
  });

  it('may be missing under table and share', () => {
    expect(parse('table T\nshare p among T by w as r\n').problems).toEqual([]);
  });
});
