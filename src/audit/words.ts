import type { Language } from '../problems/messages/index.ts';
import { columnLetters, sheetText } from '../problems/problem.ts';
import type { RuleStatus } from './approval.ts';
import type { AuditPlace, Finding, FindingData } from './findings.ts';
import type { LedgerRow } from './ledger.ts';
import type { Refusal } from './pay.ts';
import type { Verification } from './verify.ts';

/** What this room says to people, in one language. */
export interface AuditWords {
  finding(finding: Finding): string;
  refusal(refusal: Refusal): string;
  status(status: RuleStatus): string;
  /** The verdict of a verification in one line. */
  verdict(verification: Verification, errors: number, notes: number): string;
  more(count: number): string;
}

type Sentences = {
  readonly [K in FindingData['kind']]: (finding: Extract<FindingData, { kind: K }>, ran: Ran) => string;
};

/** `run 3` or `adjustment 5`: what a finding names by its number. */
type Ran = (run: string) => string;

type RefusalSentences = {
  readonly [K in Refusal['kind']]: (refusal: Extract<Refusal, { kind: K }>) => string;
};

/** `Staff!B7`, `Rules!12` for a whole row. */
export function auditPlace({ sheet, row, column }: AuditPlace): string {
  return `${sheetText(sheet)}!${column === undefined ? '' : columnLetters(column)}${row}`;
}

/** Longer texts of cells are shortened in a sentence. */
const shown = (text: string, most = 80): string => {
  const characters = [...text.replace(/[\r\n]+/g, ' ')];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
};
const quote = (text: string): string => `“${shown(text)}”`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const changes = (was: string, now: string): string => `${quote(was)} → ${quote(now)}`;

const EN: Sentences = {
  'ledger-gone': () => 'The workbook keeps records of paid runs, but its ledger is gone.',
  'ledger-columns': ({ lacking }) => `The ledger lacks the columns ${lacking.join(', ')}.`,
  'ledger-changed': ({ row, at, heading, was }) =>
    heading === undefined
      ? `Ledger row ${row} (${auditPlace(at)}) was changed.`
      : `Ledger row ${row} was changed: ${heading} (${auditPlace(at)})${was === undefined ? '' : ` said ${quote(was)}`}.`,
  'ledger-order': ({ row, at }) => `Ledger row ${row} stands at another place (${auditPlace(at)}).`,
  'ledger-missing': ({ row }) => `Ledger row ${row} is missing.`,
  'ledger-twice': ({ row, at }) => `Ledger row ${row} is there twice (${auditPlace(at)}).`,
  'ledger-rewritten': ({ row, at }) =>
    `Ledger row ${row} (${auditPlace(at)}) was written anew: the row after it was made for another one.`,
  'ledger-dropped': ({ row }) => `Ledger row ${row} is missing at the end: its record is still there.`,
  'anchor-missing': ({ row }) => `Ledger row ${row}, which the anchor line proves, is not there.`,
  'anchor-differs': ({ row }) =>
    `Ledger row ${row} is not the one that the anchor line proves: it, or a row before it, was written anew.`,
  unsigned: ({ row }) => `Ledger row ${row} is a payment without a signature.`,
  'signature-wrong': ({ row }) => `Ledger row ${row} is not signed with the given key.`,
  'after-signature': ({ row }) => `Ledger row ${row} stands after the last signature: no key proves it.`,
  'record-missing': ({ run }, ran) =>
    `The record of ${ran(run)} is missing. A program other than Excel and Allot may have saved the workbook.`,
  'record-changed': ({ run }, ran) => `The record of ${ran(run)} was changed.`,
  unapproved: ({ run, by, reason }, ran) =>
    `${capital(ran(run))} was paid by ${quote(by)} with rules that nobody had approved: ${quote(reason)}.`,
  'rule-text': ({ run, at, was, now }, ran) =>
    `Rule changed since ${ran(run)}, ${auditPlace(at)}: ${changes(was, now)}`,
  'rule-comment': ({ run, at, was, now }, ran) =>
    `Only a comment changed since ${ran(run)}, ${auditPlace(at)}: ${changes(was, now)}`,
  'rule-added': ({ run, at, now }, ran) =>
    `Rule line added since ${ran(run)}, ${auditPlace(at)}: ${quote(now)}`,
  'rule-moved': ({ run, at, now }, ran) =>
    `Rule line moved since ${ran(run)}, ${auditPlace(at)}: ${quote(now)}`,
  'rule-removed': ({ run, at, was }, ran) =>
    `Rule line removed since ${ran(run)}, which stood at ${auditPlace(at)}: ${quote(was)}`,
  'rules-differ': ({ run }, ran) =>
    `The rules are not those of ${ran(run)}; without its record nobody can say which line changed.`,
  'table-missing': ({ run, table }, ran) => `The table ${quote(table)} of ${ran(run)} is not there.`,
  'table-differs': ({ run, table }, ran) =>
    `The table ${quote(table)} is not that of ${ran(run)}; nobody can say which row changed.`,
  headings: ({ run, table, was, now }, ran) =>
    `The headings of ${quote(table)} changed since ${ran(run)}: ${changes(was.join(', '), now.join(', '))}`,
  'row-changed': ({ run, table, key, at }, ran) =>
    `Row ${quote(key)} of ${quote(table)} changed since ${ran(run)} (${auditPlace(at)}).`,
  'row-added': ({ run, table, key, at }, ran) =>
    `Row ${quote(key)} was added to ${quote(table)} since ${ran(run)} (${auditPlace(at)}), and counts for a period that was paid.`,
  'row-removed': ({ run, table, key }, ran) =>
    `Row ${quote(key)} of ${quote(table)} was removed since ${ran(run)}.`,
  'rows-added': ({ run, table, count }, ran) =>
    `${count} row${count === 1 ? '' : 's'} added to ${quote(table)} since ${ran(run)}; none counts for a period that was paid.`,
  'rows-removed': ({ run, table, count }, ran) =>
    `${count} row${count === 1 ? '' : 's'} removed from ${quote(table)} since ${ran(run)}; none counted for a paid run.`,
  name: ({ run, name, at, was, now }, ran) =>
    now === null
      ? `The named cell ${quote(name)} of ${ran(run)} is not there; it held ${quote(was)}.`
      : `The named cell ${quote(name)} changed since ${ran(run)}${at === undefined ? '' : ` (${auditPlace(at)})`}: ${changes(was, now)}`,
  'sheet-missing': ({ run, sheet }, ran) =>
    `The sheet ${quote(sheet)} with the amounts of ${ran(run)} is not there.`,
  'sheet-unknown': ({ sheet }) => `No row of the ledger gives the adjustments in the sheet ${quote(sheet)}.`,
  'other-run': ({ run, at, was, now }) =>
    `The result sheets are not those of run ${run} as of ${was}: ${auditPlace(at)} says ${now}.`,
  'other-results': ({ run, at, was, now }, ran) =>
    `The result sheets hold the results of ${now} as they are computed now (${auditPlace(at)}). What ${ran(run)} paid as of ${was} is in its record.`,
  'paid-heading': ({ run, sheet, was, now }, ran) =>
    `The columns of ${quote(sheet)} are not those of ${ran(run)}: ${changes(was.join(', '), now.join(', '))}`,
  'paid-changed': ({ run, at, key, heading, was, now }, ran) =>
    `Paid value changed since ${ran(run)}, ${auditPlace(at)}, ${shown(heading)} of ${shown(key)}: ${changes(was, now)}`,
  'paid-removed': ({ run, sheet, key }, ran) =>
    `Row ${quote(key)} of ${quote(sheet)} is gone since ${ran(run)}.`,
  'paid-added': ({ run, at, key }, ran) =>
    `Row ${quote(key)} at ${auditPlace(at)} was not paid in ${ran(run)}.`,
  'delivered-replaced': ({ run, asOf, by, name, row }) =>
    `Run ${run} (${asOf}) was delivered to ${quote(name)} (ledger row ${row}) and was paid again as run ${by}, which is not delivered there: people would be paid twice.`,
  between: ({ from, run, table, changed, removed }, ran) =>
    `Between ${ran(from)} and ${ran(run)}: in ${quote(table)} ${changed} row${changed === 1 ? '' : 's'} changed, ${removed} removed.`,
  'locked-differs': ({ run, asOf, table, changed, removed, added }) =>
    `The locked period ${asOf} (run ${run}) would find ${quote(table)} otherwise today: ${changed} changed, ${removed} removed, ${added} added. Use allot adjust to pay the difference.`,
};

const ZH: Sentences = {
  'ledger-gone': () => '工作簿中保存有已发放记录，但台账不见了。',
  'ledger-columns': ({ lacking }) => `台账缺少列：${lacking.join('、')}。`,
  'ledger-changed': ({ row, at, heading, was }) =>
    heading === undefined
      ? `台账第 ${row} 号（${auditPlace(at)}）被修改。`
      : `台账第 ${row} 号被修改：${heading}（${auditPlace(at)}）${was === undefined ? '' : `原为${quote(was)}`}。`,
  'ledger-order': ({ row, at }) => `台账第 ${row} 号的位置被改动（${auditPlace(at)}）。`,
  'ledger-missing': ({ row }) => `台账第 ${row} 号缺失。`,
  'ledger-twice': ({ row, at }) => `台账第 ${row} 号重复出现（${auditPlace(at)}）。`,
  'ledger-rewritten': ({ row, at }) =>
    `台账第 ${row} 号（${auditPlace(at)}）被重写：其后一行所接的并非此行。`,
  'ledger-dropped': ({ row }) => `台账末尾的第 ${row} 号缺失：其发放记录仍在。`,
  'anchor-missing': ({ row }) => `锚定行所证明的台账第 ${row} 号不存在。`,
  'anchor-differs': ({ row }) => `台账第 ${row} 号与锚定行不符：此行或之前的行被重写。`,
  unsigned: ({ row }) => `台账第 ${row} 号是发放，但没有签名。`,
  'signature-wrong': ({ row }) => `台账第 ${row} 号的签名与所给公钥不符。`,
  'after-signature': ({ row }) => `台账第 ${row} 号在最后一个签名之后，没有密钥可以证明。`,
  'record-missing': ({ run }, ran) => `${ran(run)}的记录缺失。工作簿可能由 Excel 和 Allot 以外的程序保存过。`,
  'record-changed': ({ run }, ran) => `${ran(run)}的记录被修改。`,
  unapproved: ({ run, by, reason }, ran) =>
    `${ran(run)}由${quote(by)}以未经批准的规则发放，理由：${quote(reason)}。`,
  'rule-text': ({ run, at, was, now }, ran) =>
    `自${ran(run)}以来规则有改动，${auditPlace(at)}：${changes(was, now)}`,
  'rule-comment': ({ run, at, was, now }, ran) =>
    `自${ran(run)}以来仅注释有改动，${auditPlace(at)}：${changes(was, now)}`,
  'rule-added': ({ run, at, now }, ran) => `自${ran(run)}以来新增规则行，${auditPlace(at)}：${quote(now)}`,
  'rule-moved': ({ run, at, now }, ran) => `自${ran(run)}以来规则行被移动，${auditPlace(at)}：${quote(now)}`,
  'rule-removed': ({ run, at, was }, ran) =>
    `自${ran(run)}以来规则行被删除，原在 ${auditPlace(at)}：${quote(was)}`,
  'rules-differ': ({ run }, ran) => `规则与${ran(run)}时不同；没有其记录，无法指出是哪一行。`,
  'table-missing': ({ run, table }, ran) => `${ran(run)}所用的数据表${quote(table)}不存在。`,
  'table-differs': ({ run, table }, ran) => `数据表${quote(table)}与${ran(run)}时不同；无法指出是哪一行。`,
  headings: ({ run, table, was, now }, ran) =>
    `自${ran(run)}以来，${quote(table)}的列标题有改动：${changes(was.join('、'), now.join('、'))}`,
  'row-changed': ({ run, table, key, at }, ran) =>
    `自${ran(run)}以来，${quote(table)}中的${quote(key)}有改动（${auditPlace(at)}）。`,
  'row-added': ({ run, table, key, at }, ran) =>
    `自${ran(run)}以来，${quote(table)}新增了${quote(key)}（${auditPlace(at)}），且计入已发放的期间。`,
  'row-removed': ({ run, table, key }, ran) => `自${ran(run)}以来，${quote(table)}中的${quote(key)}被删除。`,
  'rows-added': ({ run, table, count }, ran) =>
    `自${ran(run)}以来，${quote(table)}新增 ${count} 行，均不计入已发放的期间。`,
  'rows-removed': ({ run, table, count }, ran) =>
    `自${ran(run)}以来，${quote(table)}删除 ${count} 行，均未计入已发放的期间。`,
  name: ({ run, name, at, was, now }, ran) =>
    now === null
      ? `${ran(run)}所用的命名单元格${quote(name)}不存在，原值为${quote(was)}。`
      : `自${ran(run)}以来，命名单元格${quote(name)}有改动${at === undefined ? '' : `（${auditPlace(at)}）`}：${changes(was, now)}`,
  'sheet-missing': ({ run, sheet }, ran) => `${ran(run)}的结果表${quote(sheet)}不存在。`,
  'sheet-unknown': ({ sheet }) => `工作表${quote(sheet)}中的补差在台账中没有对应的行。`,
  'other-run': ({ run, at, was, now }) =>
    `结果表不是第 ${run} 号发放（计薪日 ${was}）的结果：${auditPlace(at)} 为 ${now}。`,
  'other-results': ({ run, at, was, now }, ran) =>
    `结果表现为计薪日 ${now} 的当前计算结果（${auditPlace(at)}）；${ran(run)}（计薪日 ${was}）的已发金额在其记录中。`,
  'paid-heading': ({ run, sheet, was, now }, ran) =>
    `${quote(sheet)}的列与${ran(run)}时不同：${changes(was.join('、'), now.join('、'))}`,
  'paid-changed': ({ run, at, key, heading, was, now }, ran) =>
    `自${ran(run)}以来已发放的值有改动，${auditPlace(at)}，${shown(key)} 的${shown(heading)}：${changes(was, now)}`,
  'paid-removed': ({ run, sheet, key }, ran) => `自${ran(run)}以来，${quote(sheet)}中的${quote(key)}不见了。`,
  'paid-added': ({ run, at, key }, ran) => `${auditPlace(at)} 的${quote(key)}不是${ran(run)}的内容。`,
  'delivered-replaced': ({ run, asOf, by, name, row }) =>
    `第 ${run} 号发放（${asOf}）已送达${quote(name)}（台账第 ${row} 号），之后又重新发放为第 ${by} 号；后者不会再送往该处，以免重复支付。`,
  between: ({ from, run, table, changed, removed }, ran) =>
    `${ran(from)}与${ran(run)}之间：${quote(table)}改动 ${changed} 行，删除 ${removed} 行。`,
  'locked-differs': ({ run, asOf, table, changed, removed, added }) =>
    `已锁定的期间 ${asOf}（第 ${run} 号发放）如今的${quote(table)}有所不同：改动 ${changed} 行、删除 ${removed} 行、新增 ${added} 行。请用 allot adjust 补发差额。`,
};

const who = ({ cells }: LedgerRow): string => `${cells.By}, ${cells.Time.slice(0, 10)}`;

const EN_REFUSALS: RefusalSentences = {
  'ledger-broken': ({ findings }) =>
    `The ledger is broken, so nothing is added to it: ${findings.map((one) => sentence(EN, one)).join(' ')} Go back to the last workbook that \`allot verify\` finds in order.`,
  'no-name': () => 'Say who does this: --by NAME.',
  'period-locked': ({ asOf, run }) =>
    `The period ${asOf} is locked (run ${run}) and is not paid again. \`allot adjust\` gives what is to be paid in addition.`,
  'period-delivered': ({ asOf, run, name }) =>
    `Run ${run} of ${asOf} was delivered to ${quote(name)}, so the period is not paid anew: people would be paid twice. Lock it with \`allot lock --run ${run}\`; \`allot adjust --run ${run}\` then gives what is to be paid in addition.`,
  unapproved: ({ status }) =>
    `These rules are not approved${status.kind === 'proposed' ? ` (proposed by ${who(status.row)})` : ''}${
      status.last === null ? '' : `; approved last were those of row ${status.last.cells.Number}`
    }. Have them approved with \`allot approve\`, or pay all the same with --override "reason", which the ledger keeps.`,
  'no-run': ({ run, runs }) =>
    runs.length === 0
      ? `There is no run ${run}: nothing was paid in this workbook.`
      : `Row ${run} of the ledger is no paid run. Those are ${runs.join(', ')}.`,
  'run-locked': ({ run, lock }) => `Run ${run} is locked already (${who(lock)}).`,
  'run-superseded': ({ run, by }) =>
    `Run ${run} was paid again as run ${by} for the same as-of date. Lock run ${by}.`,
  'run-not-locked': ({ run, asOf }) =>
    `Run ${run} is not locked, so ${asOf} may be paid anew: \`allot pay\` does that. After \`allot lock --run ${run}\` differences are adjusted.`,
  'run-replaced': ({ run, by }) =>
    `Run ${run} was paid again as run ${by} for the same as-of date. Adjust run ${by}.`,
  'record-missing': ({ run }) =>
    `The record in row ${run} of the ledger is not in this workbook, so nobody knows what was paid.`,
  'record-changed': ({ run }) =>
    `The record in row ${run} of the ledger was changed, so nobody knows what was paid; \`allot verify\` says more.`,
  'not-proposed': () => 'These rules are not proposed as they are now. `allot propose` does that.',
  already: ({ status, row }) => `These rules are ${status} already (${who(row)}).`,
  'same-person': ({ row }) =>
    `${quote(row.cells.By)} proposed these rules, and somebody else has to approve them.`,
};

const ZH_REFUSALS: RefusalSentences = {
  'ledger-broken': ({ findings }) =>
    `台账已损坏，不再写入：${findings.map((one) => sentence(ZH, one)).join('')}请回到 allot verify 核对无误的上一份工作簿。`,
  'no-name': () => '请用 --by 写明经办人。',
  'period-locked': ({ asOf, run }) =>
    `期间 ${asOf} 已锁定（第 ${run} 号发放），不再重新发放。补发差额请用 allot adjust。`,
  'period-delivered': ({ asOf, run, name }) =>
    `期间 ${asOf} 的第 ${run} 号发放已推送给${quote(name)}，不再重新发放，以免重复付款。请用 allot lock --run ${run} 锁定，再用 allot adjust --run ${run} 补发差额。`,
  unapproved: ({ status }) =>
    `当前规则未经批准${status.kind === 'proposed' ? `（由 ${who(status.row)} 提交）` : ''}${
      status.last === null ? '' : `；最近一次批准的是台账第 ${status.last.cells.Number} 号的规则`
    }。请用 allot approve 批准，或用 --override "理由" 发放，理由将记入台账。`,
  'no-run': ({ run, runs }) =>
    runs.length === 0
      ? `没有第 ${run} 号发放：此工作簿尚未发放过。`
      : `台账第 ${run} 号不是发放。发放有：${runs.join('、')}。`,
  'run-locked': ({ run, lock }) => `第 ${run} 号发放已锁定（${who(lock)}）。`,
  'run-superseded': ({ run, by }) => `第 ${run} 号发放已由同一计薪日的第 ${by} 号取代，请锁定第 ${by} 号。`,
  'run-not-locked': ({ run, asOf }) =>
    `第 ${run} 号发放尚未锁定，期间 ${asOf} 可用 allot pay 重新发放。用 allot lock --run ${run} 锁定后，差额另行补差。`,
  'run-replaced': ({ run, by }) => `第 ${run} 号发放已由同一计薪日的第 ${by} 号取代，请对第 ${by} 号补差。`,
  'record-missing': ({ run }) => `此工作簿中没有台账第 ${run} 号的记录，无法得知已发金额。`,
  'record-changed': ({ run }) => `台账第 ${run} 号的记录被修改，无法得知已发金额；详见 allot verify。`,
  'not-proposed': () => '当前规则尚未提交审批，请先用 allot propose 提交。',
  already: ({ status, row }) => `当前规则已${status === 'approved' ? '批准' : '提交'}（${who(row)}）。`,
  'same-person': ({ row }) => `规则由${quote(row.cells.By)}提交，须由他人批准。`,
};

/** The sentence of a finding or a refusal: its kind chooses it. */
function sentence(sentences: Sentences, finding: Finding): string {
  const say = sentences[finding.kind] as (finding: FindingData, ran: Ran) => string;
  return say(finding, (run) => {
    const adjustment = finding.adjustments?.includes(run) === true;
    if (sentences === EN) return `${adjustment ? 'adjustment' : 'run'} ${run}`;
    return `第 ${run} 号${adjustment ? '补差' : '发放'}`;
  });
}

function refusalSentence(sentences: RefusalSentences, refusal: Refusal): string {
  const say = sentences[refusal.kind] as (refusal: Refusal) => string;
  return say(refusal);
}

const WORDS: Readonly<Record<Language, AuditWords>> = {
  en: {
    finding: (finding) => sentence(EN, finding),
    refusal: (refusal) => refusalSentence(EN_REFUSALS, refusal),
    status: (status) => {
      switch (status.kind) {
        case 'unused':
          return 'Rules: nobody has proposed or approved any in this workbook.';
        case 'draft':
          return 'Rules: a draft, not proposed as they are now.';
        case 'proposed':
          return `Rules: proposed by ${who(status.row)}.`;
        case 'approved':
          return `Rules: approved by ${who(status.row)} (ledger row ${status.row.cells.Number}).`;
        default: {
          const never: never = status;
          return never;
        }
      }
    },
    verdict: ({ rows, runs }, errors, notes) => {
      if (rows === 0 && errors === 0) return 'There is no ledger: nothing was paid in this workbook.';
      const what = errors === 0 ? 'nothing was changed' : `${errors} change${errors === 1 ? '' : 's'}`;
      const more = notes === 0 ? '' : ` (${notes} note${notes === 1 ? '' : 's'})`;
      return `${rows} ledger row${rows === 1 ? '' : 's'}, ${runs} paid run${runs === 1 ? '' : 's'}: ${what}${more}.`;
    },
    more: (count) => `… ${count} more like this (all of them with --json)`,
  },
  'zh-CN': {
    finding: (finding) => sentence(ZH, finding),
    refusal: (refusal) => refusalSentence(ZH_REFUSALS, refusal),
    status: (status) => {
      switch (status.kind) {
        case 'unused':
          return '规则：此工作簿尚未提交或批准过规则。';
        case 'draft':
          return '规则：草稿，当前内容尚未提交。';
        case 'proposed':
          return `规则：已由 ${who(status.row)} 提交。`;
        case 'approved':
          return `规则：已由 ${who(status.row)} 批准（台账第 ${status.row.cells.Number} 号）。`;
        default: {
          const never: never = status;
          return never;
        }
      }
    },
    verdict: ({ rows, runs }, errors, notes) => {
      if (rows === 0 && errors === 0) return '没有台账：此工作簿尚未发放过。';
      const what = errors === 0 ? '没有改动' : `发现 ${errors} 处改动`;
      return `台账 ${rows} 行，发放 ${runs} 次：${what}${notes === 0 ? '' : `（另有 ${notes} 条提示）`}。`;
    },
    more: (count) => `…… 同类另有 ${count} 处（加 --json 可查看全部）`,
  },
};

export const auditWords = (language: Language): AuditWords => WORDS[language];
