import { type Command, InvalidArgumentError, Option } from 'commander';
import { DAY, parseDate } from '../exact/date.ts';
import type { Period } from '../insight/index.ts';
import type { Language } from '../problems/messages/index.ts';
import type { Request } from './request.ts';

/** What the arguments of `insight` say of themselves. */
interface InsightTexts {
  readonly about: string;
  readonly before: string;
  readonly after: string;
  readonly out: string;
  readonly badPeriod: string;
}

const TEXTS: Readonly<Record<Language, InsightTexts>> = {
  en: {
    about: 'tell what the tables show: bottlenecks, effect of the reform, forecast, pay and performance',
    before: 'the first period to compare (default: the first whole month of the data)',
    after: 'the second period (default: the last whole month)',
    out: 'write the book with the report as sheets with charts to a new workbook',
    badPeriod: 'a period is a month (2026-03) or two days (2026-01-01..2026-03-31)',
  },
  'zh-CN': {
    about: '分析数据：瓶颈、改革成效、预测、薪酬与绩效',
    before: '对比的前一时段（默认：数据中第一个完整月份）',
    after: '对比的后一时段（默认：最后一个完整月份）',
    out: '把报告写成带图表的工作表，连同原文件存为新工作簿',
    badPeriod: '时段应为月份（2026-03）或两个日期（2026-01-01..2026-03-31）',
  },
};

/** What is shared with the other commands. */
export interface InsightParts {
  readonly command: (name: string, about: string) => Command;
  readonly asOf: Option;
  readonly json: string;
  readonly workbookName: (text: string) => string;
}

/** Adds `allot insight`. */
export function addInsight(
  { command, asOf, json, workbookName }: InsightParts,
  language: Language,
  ask: (request: Request) => void,
): void {
  const t = TEXTS[language];
  const period = (flags: string, about: string): Option =>
    new Option(flags, about).argParser((text) => {
      const found = periodOf(text);
      if (found === null) throw new InvalidArgumentError(t.badPeriod);
      return found;
    });
  command('insight', t.about)
    .addOption(asOf)
    .addOption(period('--before <PERIOD>', t.before))
    .addOption(period('--after <PERIOD>', t.after))
    .addOption(new Option('--out <NEW.xlsx>', t.out).argParser(workbookName))
    .option('--json', json)
    .action(
      (
        book: string,
        options: {
          readonly asOf: number;
          readonly before?: Period;
          readonly after?: Period;
          readonly json?: boolean;
          readonly out?: string;
        },
      ) => {
        const { asOf: day, before = null, after = null, json: asJson = false, out = null } = options;
        ask({ kind: 'insight', book, language, asOf: day, before, after, json: asJson, out });
      },
    );
}

/** `2026-03`, or `2026-01-01..2026-03-31`; null for anything else. */
export function periodOf(text: string): Period | null {
  const month = /^(\d{4})-(\d{2})$/.exec(text.trim());
  if (month !== null) {
    const [year, number] = [Number(month[1]), Number(month[2])];
    if (year < 1900 || number < 1 || number > 12) return null;
    return { from: Date.UTC(year, number - 1, 1), to: Date.UTC(year, number, 1) - 1 };
  }
  const [first, last, more] = text.split('..').map((day) => parseDate(day.trim()));
  if (first == null || last == null || more !== undefined) return null;
  if (first % DAY !== 0 || last % DAY !== 0 || first > last) return null;
  return { from: first, to: last + DAY - 1 };
}
