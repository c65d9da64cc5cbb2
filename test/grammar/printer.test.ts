import { describe, expect, it } from 'vitest';
import { formatRules, formatText, type Language } from '../../grammar/index.ts';
import { parse } from './marked.ts';

function format(text: string, language?: Language): string {
  return formatText(formatRules(parse(text), language === undefined ? {} : { language }));
}

const MESSY = `#   kept as written
unit   0.01


TABLE Staff Key id where a=1   and b≠2 # note
\tengineer   in Staff
x=sum( Sales [amount] WHERE  Sales[seller]=[where] )*-12%from 2026-01-01 until 2026-06-30
band b marginal
\tup to 1→3%
\tup to 100000  ->  (5%)
\totherwise->8%
band c
  "A","it ""is""" -> [5G]
each Staff where not(a in(1,2)) or a=as_of
  y = [Key] + [plain]

  share x  among Staff by floor(y,1) as r
    cap  3
score s for Staff out of 5 where a skip blank
  45% y
statement pay for Staff
  add y "Base"
  less round(y) "Late"
  add z
check y>=1,"“quoted”"

`;

const ENGLISH = `#   kept as written
unit 0.01

table Staff key id where a = 1 and b <> 2  # note
  engineer in Staff
x = sum(Sales[amount] where Sales[seller] = [where]) * -12% from 2026-01-01 until 2026-06-30
band b marginal
  up to 1      -> 3%
  up to 100000 -> (5%)
  otherwise    -> 8%
band c
  "A", "it ""is""" -> 5G
each Staff where not (a in (1, 2)) or a = as_of
  y = [Key] + plain

  share x among Staff by floor(y, 1) as r
    cap 3
score s for Staff out of 5 where a skip blank
  45% y
statement pay for Staff
  add  y        "Base"
  less round(y) "Late"
  add  z
check y >= 1, "“quoted”"
`;

const CHINESE = `#   kept as written
精确到 0.01

数据表 Staff 编号 id 其中 a = 1 且 b <> 2  # note
  engineer 属于 Staff
x = sum(Sales[amount] 其中 Sales[seller] = [where]) * -12% 自 2026-01-01 起 至 2026-06-30
分档 b 累进
  不超过 1      -> 3%
  不超过 100000 -> (5%)
  其余          -> 8%
分档 c
  "A", "it ""is""" -> 5G
每个 Staff 其中 不是 (a 属于 (1, 2)) 或 a = 计薪日
  y = [Key] + plain

  分配 x 给 Staff 按 floor(y, 1) 记为 r
    封顶 3
评分 s 用于 Staff 满分 5 其中 a 缺项折算
  45% y
工资条 pay 用于 Staff
  加 y        "Base"
  减 round(y) "Late"
  加 z
核对 y >= 1, "“quoted”"
`;

describe('the formatter', () => {
  it('writes canonical text in the language of most keywords', () => {
    expect(format(MESSY)).toBe(ENGLISH);
    expect(format(ENGLISH)).toBe(ENGLISH);
  });

  it('translates keywords both ways', () => {
    expect(format(MESSY, 'zh')).toBe(CHINESE);
    expect(format(CHINESE)).toBe(CHINESE);
    expect(format(CHINESE, 'en')).toBe(ENGLISH);
  });

  it('takes no function for a keyword when it looks at the language', () => {
    expect(format('每个 T\n  y = floor(x, 1) + floor(x, 2)\n')).toContain('每个 T');
  });

  it('leaves a file alone that it cannot read', () => {
    const text = 'unit   0.01\nx = = 3  \n\n\n  # note\n';
    expect(format(text)).toBe(text);
  });
});
