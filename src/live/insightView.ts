import { insightOf, type Unmet } from '../insight/insight.ts';
import { headLines, sectionsOf } from '../insight/lines.ts';
import { mayPlay } from '../insight/roles.ts';
import { insightSheets } from '../insight/sheets.ts';
import { insightWords } from '../insight/words.ts';
import type { Ran } from '../insight/worth.ts';
import type { Language } from '../problems/messages/index.ts';
import { foldName } from '../workbook/names.ts';
import type { TableHead } from '../workbook/port.ts';
import type { InsightSource, InsightView } from './insighted.ts';

/** The insight into a run without errors; `unmet`: what the review says; `heads`: all tables of the book. */
export async function insightView(
  ran: Ran,
  unmet: Unmet,
  heads: readonly TableHead[],
  source: InsightSource,
  language: Language,
): Promise<InsightView> {
  const w = insightWords(language);
  const known = new Set(ran.workbook.tables.map(({ name }) => foldName(name)));
  const lacking = heads.map(({ name }) => name).filter((name) => mayPlay(name) && !known.has(foldName(name)));
  // Not the source itself: what asks back from another thread is asked by its members.
  const further = lacking.length === 0 ? [] : await source.tables(lacking);
  const tables = [...ran.workbook.tables, ...further];
  const found = insightOf({ tables }, ran, unmet, {
    asOf: ran.program.asOf,
    before: null,
    after: null,
  });
  return {
    asOf: found.asOf,
    head: headLines(found, w).slice(1),
    sections: sectionsOf(found, w),
    waits: (found.bottlenecks?.found ?? []).map((one) => ({
      label: w.unit(one),
      own: one.p50,
      others: one.othersP50,
    })),
    forecasts: found.forecasts.forecasts.map(({ name, recent, ahead }) => ({
      label: w.charts.forecast(w.series[name]),
      recent,
      ahead: ahead.map(({ ms, expected, low, high }) => ({ ms, expected, low, high })),
    })),
    sheets: insightSheets(found, language),
  };
}
