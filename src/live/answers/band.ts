import { foldName } from '../../../grammar/tree.ts';
import { createMachine, type PlainMachine } from '../../engine/plain/machine.ts';
import { attempt, outcomeOf } from '../../engine/plain/reading.ts';
import { isoOfMs, msOfSerial, parseDate } from '../../exact/date.ts';
import { integer } from '../../exact/rational.ts';
import { dateValue, type Value } from '../../exact/value.ts';
import { message } from '../../problems/messages/index.ts';
import type { ProblemData } from '../../problems/problem.ts';
import { knownOf } from '../../report/known.ts';
import { suggestion } from '../../rules/names.ts';
import type { Band } from '../../rules/program.ts';
import type { Answer, CellValue } from '../queries.ts';
import { type AnswerBook, notAvailable, outcomeAnswer, refusal } from './book.ts';
import { valueOfCell } from './keys.ts';
import { askedName } from './names.ts';
import { answerWords } from './words.ts';

/** BAND: a band in force at a value. */
export function bandReader(book: AnswerBook): (name: string, value: CellValue) => Answer {
  const { program, workbook, results, file, language } = book;
  const bands = new Map(program.bands.map((band, id) => [foldName(band.name), { band, id }]));
  let machine: PlainMachine | null = null;

  return (asked, cell) => {
    const { name } = askedName(asked);
    const found = bands.get(name);
    if (found === undefined) {
      const lapsed = file.items.some((item) => item.kind === 'band' && foldName(item.name.text) === name);
      if (lapsed)
        return refusal({ code: 'no-version-in-force', name: asked, asOf: isoOfMs(program.asOf) }, language);
      const near = suggestion(
        asked,
        program.bands.map((band) => band.name),
      );
      return notAvailable(answerWords(language).noBand(asked, near));
    }
    const wrong = (data: ProblemData): Answer =>
      refusal(data, language, answerWords(language).bandValue(message(data, language)));
    if (cell === null || cell === '') return wrong({ code: 'blank-value' });
    const { band, id } = found;
    machine ??= createMachine(program, workbook, knownOf(results), false);
    const { read } = machine;
    const at = { ...band.at };
    const x = { op: 'literal', value: argumentOf(band, cell), at } as const;
    const env = { context: { rule: band.name, keyLevel: 0 }, tables: [], rows: [] };
    const reading = attempt(() => read({ op: 'band', band: id, x, at }, env));
    // The place of the argument: what does not fit is not the rule.
    if (reading.kind === 'fault' && reading.problem.at === at) return wrong(reading.problem);
    return outcomeAnswer(outcomeOf(reading), language);
  };
}

/** A date is a serial number to a function, or a text. */
function argumentOf(band: Band, cell: number | string | boolean): Value {
  const ms =
    band.of !== 'date' || typeof cell === 'boolean'
      ? null
      : typeof cell === 'number'
        ? msOfSerial(cell, false)
        : parseDate(cell.trim());
  return ms === null ? valueOfCell(cell) : dateValue(integer(ms));
}
