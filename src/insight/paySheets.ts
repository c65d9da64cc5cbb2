import type { OutputSheet } from '../workbook/port.ts';
import { column, number, TWO, text, WHOLE } from './cells.ts';
import type { PayPerformance } from './payPerformance.ts';
import type { InsightWords } from './words.ts';

/** More groups than this make no readable picture. */
const MOST_BARS = 40;

/** Pay against scores, its spread over all and by group. */
export function paySheets({ pairs, spreads }: PayPerformance, w: InsightWords): readonly OutputSheet[] {
  const sheets: OutputSheet[] = [];
  if (pairs.length > 0)
    sheets.push({
      name: 'Allot Pay Scores',
      columns: [
        column(w.payColumn, 18),
        column(w.scoreColumn, 18),
        column(w.people, 10, WHOLE),
        column(w.correlation, 16, '0.00'),
        column(w.withinGrade, 16, '0.00'),
      ],
      rows: pairs.map(({ pay, score, people, rho, within }) => [
        text(pay),
        text(score),
        number(people, 0),
        number(rho, 3),
        number(within, 3),
      ]),
    });
  const [main] = spreads.filter(({ by }) => by === null).sort((a, b) => size(b) - size(a));
  if (main === undefined) return sheets;
  sheets.push({
    name: 'Allot Pay Spread',
    columns: [column(`${w.bin} (${main.pay})`, 16, WHOLE), column(w.people, 10, WHOLE)],
    rows: main.bins.map(({ from, people }) => [number(from, 2), number(people, 0)]),
    charts: [
      {
        kind: 'bars',
        title: w.charts.spread(main.pay),
        x: 0,
        series: [{ column: 1 }],
        xFormat: '#,##0',
        yFormat: '0',
      },
    ],
  });
  for (const [i, spread] of spreads.filter(({ by, pay }) => by !== null && pay === main.pay).entries())
    sheets.push({
      name: i === 0 ? 'Allot Pay Groups' : `Allot Pay Groups ${i + 1}`,
      columns: [
        column(spread.by ?? '', 28),
        column(w.people, 10, WHOLE),
        column(w.p10, 12, TWO),
        column('p50', 12, TWO),
        column('p90', 12, TWO),
        column(w.gini, 10, '0.000'),
      ],
      rows: spread.groups.map(({ group, people, p10, p50, p90, gini }) => [
        text(group ?? w.all),
        number(people, 0),
        number(p10),
        number(p50),
        number(p90),
        number(gini, 3),
      ]),
      charts: [
        {
          kind: spread.groups.length > 12 ? 'lying-bars' : 'bars',
          title: w.charts.groups(main.pay, spread.by ?? ''),
          x: 0,
          series: [{ column: 3 }],
          rows: { from: 0, to: Math.min(MOST_BARS, spread.groups.length) },
          yFormat: '#,##0',
        },
      ],
    });
  return sheets;
}

const size = ({ groups }: { readonly groups: readonly { readonly people: number }[] }): number =>
  groups[0]?.people ?? 0;

/** Everybody's score and pay, with a chart of points. */
export function payPoints({ points }: PayPerformance, w: InsightWords): readonly OutputSheet[] {
  if (points === null) return [];
  return [
    {
      name: 'Allot Pay Points',
      columns: [column(w.key, 12), column(points.score, 14, TWO), column(points.pay, 14, TWO)],
      rows: points.people.map(({ key, score, pay }) => [text(key), number(score), number(pay)]),
      charts: [
        {
          kind: 'points',
          title: w.charts.points(points.pay, points.score),
          x: 1,
          series: [{ column: 2 }],
          xTitle: points.score,
          yTitle: points.pay,
          xFormat: '0',
          yFormat: '#,##0',
        },
      ],
    },
  ];
}
