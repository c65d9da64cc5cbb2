import type { Data } from '../data.ts';
import type { BookSheet, Row } from '../files/book.ts';

/**
 * The job as an Excel user would write it in cells: points beside the tickets, AVERAGEIF by person, and the share by
 * rounds that set those beyond the floor or the cap to it. Sheets: people, tickets, settings.
 */
export interface FormulaBook {
  readonly sheets: readonly BookSheet[];
  /** Sheet, row and column (from 0) of settings that everything depends on, with their values. */
  readonly settings: readonly (readonly [row: number, value: number])[];
  /** Column of the people's sheet that holds a person's cents. */
  readonly result: number;
}

/** More rounds than the data need. */
const ROUNDS = 8;

/** Settings, in rows of column B: bounds and points of the bands, the rate, weights. */
const SETTINGS = [30, 60, 240, 4.5, 4, 3, 0.12, 0.4, 0.3, 0.3, 0.8, 1.2, 100] as const;
const setting = (i: number): string => `Settings!$B$${i + 1}`;

/** With `filled` false, numbers stand where the formulas would. */
export function formulaBook(data: Data, filled = true): FormulaBook {
  const f = (text: string): Row[number] => (filled ? { f: text } : 1);
  const { people, front, tickets } = data;
  const from = front + 2;
  const to = people + 1;
  const last = tickets + 1;
  const back = (column: string): string => `$${column}$${from}:$${column}$${to}`;
  const total = 'Settings!$E$1';
  const floor = 'Settings!$E$2';
  const cap = 'Settings!$E$3';
  const level = (round: number): string => `Settings!$F$${round + 1}`;
  const over = (round: number): string => `Settings!$G$${round + 1}`;
  const short = (round: number): string => `Settings!$H$${round + 1}`;
  // Two columns a round from J on: the quota of those that are free, and what they are after it (0 free, 1 cap, -1 floor).
  const quota = (round: number): string => letters(9 + 2 * round);
  const state = (round: number): string => letters(10 + 2 * round);
  const units = letters(9 + 2 * ROUNDS);
  const rest = letters(10 + 2 * ROUNDS);
  const result = 11 + 2 * ROUNDS;

  const ticket = (i: number): Row => {
    if (i === 0)
      return ['Ticket', 'Engineer', 'Minutes', 'Resolved', 'Feedback', 'Answer', 'Solution', 'Liking'];
    const r = i + 1;
    return [
      i,
      data.ids[data.engineer[i - 1] ?? 0] ?? '',
      data.minutes[i - 1] ?? 0,
      data.resolved[i - 1] === 1,
      data.feedback[i - 1] ?? 0,
      f(`IF(C${r}<=${setting(0)},100,IF(C${r}<=${setting(1)},82.5,IF(C${r}<=${setting(2)},57.6,20)))`),
      f(`IF(D${r},${setting(12)},0)`),
      f(`IF(E${r}>=${setting(3)},100,IF(E${r}>=${setting(4)},81.4,IF(E${r}>=${setting(5)},52.5,0)))`),
    ];
  };

  const person = (i: number): Row => {
    if (i === 0)
      return [
        'Id',
        'Side',
        'Commission',
        'To pool',
        'Response',
        'Resolution',
        'Satisfaction',
        'Score',
        'Cents',
      ];
    const r = i + 1;
    const id = data.ids[i - 1] ?? '';
    const padding = (n: number): string[] => new Array<string>(n).fill('');
    if (i <= front) {
      const given = f(`ROUND(C${r}*${setting(6)},2)`);
      return [
        id,
        'front',
        data.commission[i - 1] ?? 0,
        given,
        ...padding(result - 4),
        f(`ROUND(D${r}*100,0)`),
      ];
    }
    const mean = (column: string): Row[number] =>
      f(`AVERAGEIF(Tickets!$B$2:$B$${last},A${r},Tickets!$${column}$2:$${column}$${last})`);
    const rounds = Array.from({ length: ROUNDS }, (_, k) => {
      const before = k === 0 ? '0' : `${state(k - 1)}${r}`;
      const q = `${quota(k)}${r}`;
      return [
        f(`IF(${before}=0,${level(k)}*$H${r},0)`),
        f(
          `IF(${before}<>0,${before},IF(AND(${over(k)}>=${short(k)},${q}>=${cap}),1,IF(AND(${over(k)}<=${short(k)},${q}<=${floor}),-1,0)))`,
        ),
      ];
    });
    const [q, s] = [`${quota(ROUNDS - 1)}${r}`, `${state(ROUNDS - 1)}${r}`];
    return [
      id,
      'back',
      '',
      '',
      mean('F'),
      mean('G'),
      mean('H'),
      f(`${setting(7)}*E${r}+${setting(8)}*F${r}+${setting(9)}*G${r}`),
      '',
      ...rounds.flat(),
      f(`IF(${s}=1,${cap},IF(${s}=-1,${floor},INT(${q})))`),
      f(`IF(${s}=0,${q}-INT(${q}),-1)`),
      f(
        `${units}${r}+IF(COUNTIF(${back(rest)},">"&${rest}${r})+COUNTIF($${rest}$${from}:${rest}${r},${rest}${r})<=Settings!$E$4,1,0)`,
      ),
    ];
  };

  const roundCells = (k: number): Row => {
    if (k >= ROUNDS) return ['', '', ''];
    const q = back(quota(k));
    const s = k === 0 ? null : back(state(k - 1));
    const left =
      s === null ? total : `(${total}-${floor}*COUNTIF(${sheet(s)},-1)-${cap}*COUNTIF(${sheet(s)},1))`;
    const weight = s === null ? `SUM(${sheet(back('H'))})` : `SUMIF(${sheet(s)},0,${sheet(back('H'))})`;
    const low = s === null ? `${sheet(q)},"<"&${floor}` : `${sheet(q)},"<"&${floor},${sheet(s)},0`;
    return [
      f(`IF(${weight}=0,0,${left}/${weight})`),
      f(`SUMIF(${sheet(q)},">"&${cap})-${cap}*COUNTIF(${sheet(q)},">"&${cap})`),
      f(`${floor}*COUNTIFS(${low})-SUMIFS(${sheet(q)},${low})`),
    ];
  };
  const scalars = [
    `ROUND(SUM(Staff!$D$2:$D$${front + 1})*100,0)`,
    `ROUNDUP(${setting(10)}*${total}/COUNTIF(Staff!$B$2:$B$${to},"back"),0)`,
    `ROUNDDOWN(${setting(11)}*${total}/COUNTIF(Staff!$B$2:$B$${to},"back"),0)`,
    `${total}-SUM(${sheet(back(units))})`,
  ];
  return {
    sheets: [
      { name: 'Staff', count: people + 1, row: person },
      { name: 'Tickets', count: tickets + 1, row: ticket },
      {
        name: 'Settings',
        count: Math.max(SETTINGS.length, ROUNDS),
        row: (i) => {
          const scalar = scalars[i];
          return ['', SETTINGS[i] ?? '', '', '', scalar === undefined ? '' : f(scalar), ...roundCells(i)];
        },
      },
    ],
    settings: SETTINGS.map((value, row) => [row, value]),
    result,
  };
}

const sheet = (range: string): string => `Staff!${range}`;
const letters = (i: number): string =>
  (i < 26 ? '' : String.fromCharCode(64 + Math.floor(i / 26))) + String.fromCharCode(65 + (i % 26));
