import { shown } from '../../problems/messages/catalogue.ts';
import type { Language } from '../../problems/messages/index.ts';
import type { StatementFinding, StatementVerification } from './verify.ts';

/** What is said about statements and their files, in one language. */
export interface StatementMessages {
  /** What the command line says about itself. */
  readonly about: string;
  readonly aboutVerify: string;
  readonly out: string;
  readonly key: string;
  readonly file: string;
  readonly making: string;
  readonly ledgerBroken: string;
  readonly noStatements: string;
  readonly draft: string;
  folderNotEmpty(folder: string): string;
  noSuchKey(key: string): string;
  differ(run: string): string;
  wrote(count: number, folder: string): string;
  proven(run: string): string;
  finding(finding: StatementFinding): string;
  /** What was checked, what is proven and what is not: a line each. */
  report(found: StatementVerification): readonly string[];
}

interface Said {
  readonly of: (key: string, asOf: string) => string;
  readonly wrong: string;
  readonly follows: string;
  readonly others: string;
  readonly inLedger: (row: string, by: string, day: string) => string;
  readonly anchored: (row: string) => string;
  readonly noAnchor: (row: string) => string;
  readonly draft: string;
}

function reportOf(
  say: Said,
  finding: (finding: StatementFinding) => string,
  { findings, data, key, row, anchored }: StatementVerification,
): readonly string[] {
  const head = data === null ? [] : [say.of(shown(key), data.content.asOf)];
  if (findings.length > 0) return [...head, say.wrong, ...findings.map((one) => `  ${finding(one)}`)];
  const lines = [...head, say.follows];
  if (row === null) lines.push(say.draft);
  else {
    lines.push(say.inLedger(row.Number, shown(row.By), row.Time.slice(0, 10)));
    lines.push(anchored ? say.anchored(row.Number) : say.noAnchor(row.Number));
  }
  return [...lines, say.others];
}

function findingEn(finding: StatementFinding): string {
  switch (finding.kind) {
    case 'not-a-statement':
      return 'This file holds no statement of Allot that can be read. Ask for it anew.';
    case 'data-changed':
      return 'The data in the file were changed: they do not add up to their own digest.';
    case 'does-not-follow':
      return 'The statement does not follow from the data in the file: computing its rules fails or gives no statement.';
    case 'page-differs':
      return `The page shows something else than what follows from its data (line ${finding.line}): “${shown(finding.shown)}” instead of “${shown(finding.follows)}”.`;
    case 'share-differs':
      return `The figures of the pool of “${shown(finding.share)}” contradict the rules or one another.`;
    case 'not-in-ledger':
      return 'This is not a statement of the payment in the ledger: its digest does not lead there.';
    case 'row-changed':
      return 'The row of the ledger in the file was changed.';
    case 'row-of-another':
      return {
        event: 'The row of the ledger in the file is no payment.',
        'as-of': 'The row of the ledger in the file is of another as-of date.',
        rules: 'The row of the ledger in the file is of other rules.',
      }[finding.what];
    case 'no-proof':
      return 'The statement is a preview that nobody paid, so the anchor line proves nothing of it.';
    case 'anchor-of-another-row':
      return `The anchor line is of ledger row ${finding.anchor}, and the statement of row ${finding.row}: ask for the anchor line of that payment.`;
    case 'anchor-differs':
      return `Ledger row ${finding.row} is not the one that the anchor line proves.`;
    default: {
      const never: never = finding;
      return never;
    }
  }
}

function findingZh(finding: StatementFinding): string {
  switch (finding.kind) {
    case 'not-a-statement':
      return '此文件中没有可读取的 Allot 工资条，请重新索取。';
    case 'data-changed':
      return '文件中的数据被改动：与其摘要不符。';
    case 'does-not-follow':
      return '由文件中的数据得不出此工资条：规则计算出错或没有工资条。';
    case 'page-differs':
      return `页面所示与由数据得出的不同（第 ${finding.line} 行）：“${shown(finding.shown)}”，应为“${shown(finding.follows)}”。`;
    case 'share-differs':
      return `“${shown(finding.share)}”的分配数值与规则或彼此矛盾。`;
    case 'not-in-ledger':
      return '此工资条不属于台账中的该次发放：其摘要与之不符。';
    case 'row-changed':
      return '文件中的台账行被改动。';
    case 'row-of-another':
      return {
        event: '文件中的台账行不是发放。',
        'as-of': '文件中的台账行属于另一计薪日。',
        rules: '文件中的台账行属于另一套规则。',
      }[finding.what];
    case 'no-proof':
      return '此工资条只是未发放的预览，锚定行不能证明。';
    case 'anchor-of-another-row':
      return `锚定行属于台账第 ${finding.anchor} 号，而工资条属于第 ${finding.row} 号：请索取该次发放的锚定行。`;
    case 'anchor-differs':
      return `台账第 ${finding.row} 号与锚定行不符。`;
    default: {
      const never: never = finding;
      return never;
    }
  }
}

const SAID_EN: Said = {
  of: (key, asOf) => `Statement of ${key} as of ${asOf}`,
  wrong: 'Not in order:',
  follows:
    'Proven: every amount and number shown follows from the rules, your data and the given figures in the file.',
  others:
    'Not proven: that the given figures (of other people’s data) and your data are right. Whoever has the workbook can check these.',
  inLedger: (row, by, day) =>
    `Proven: it is one of the statements that row ${row} of the ledger stands for (paid by ${by} on ${day}), with the rules of that row.`,
  anchored: (row) => `Proven: row ${row} is the one of the anchor line.`,
  noAnchor: (row) =>
    `Not proven: that row ${row} is the one in the company’s ledger. The anchor line of that payment proves it: --anchor LINE.`,
  draft: 'Not proven: that anything was paid. This is a preview, and no ledger stands behind it.',
};

const SAID_ZH: Said = {
  of: (key, asOf) => `${key} 的工资条，计薪日 ${asOf}`,
  wrong: '有问题：',
  follows: '已证明：所示的每个金额和数字都由文件中的规则、您的数据和给出的数值得出。',
  others: '未证明：给出的数值（来自他人数据）和您的数据本身是否正确，这须由持有工作簿的人核对。',
  inLedger: (row, by, day) =>
    `已证明：此工资条属于台账第 ${row} 号发放（${by} 于 ${day} 发放），并按该行的规则计算。`,
  anchored: (row) => `已证明：第 ${row} 号与锚定行一致。`,
  noAnchor: (row) =>
    `未证明：第 ${row} 号就是公司台账中的那一行。可用该次发放的锚定行证明：--anchor 锚定行。`,
  draft: '未证明：是否已发放。这只是预览，没有台账可以证明。',
};

const EN: StatementMessages = {
  about: 'Write a pay statement for each person: an HTML file that proves itself',
  aboutVerify: "Check a statement's file without the workbook",
  out: 'the folder to write; it must be new or empty',
  key: 'only the statement of this key; may be given several times',
  file: "a statement's HTML file",
  making: 'making statements',
  ledgerBroken: 'The ledger is broken, so that it proves no statement. `allot verify` says what was changed.',
  noStatements:
    'These rules have no statement for anybody. A `statement` in the rules says what pay is made of.',
  draft: 'Nothing was paid as of this date: these are previews, and say so.',
  folderNotEmpty: (folder) => `${folder} is there and not an empty folder. Name a new one.`,
  noSuchKey: (key) => `Nobody with the key “${shown(key)}” has a statement as of this date.`,
  differ: (run) =>
    `The statements would differ from those of run ${run}, so nothing is written. Take the workbook as it was paid; \`allot verify\` says what was changed.`,
  wrote: (count, folder) => `Wrote ${count} ${count === 1 ? 'statement' : 'statements'} to ${folder}`,
  proven: (run) => `Row ${run} of the ledger proves them.`,
  finding: findingEn,
  report: (found) => reportOf(SAID_EN, findingEn, found),
};

const ZH: StatementMessages = {
  about: '为每个人生成工资条：可自行核对的 HTML 文件',
  aboutVerify: '无需工作簿，核对工资条文件',
  out: '要写入的文件夹，须为新建或空文件夹',
  key: '只生成此编号的工资条；可多次指定',
  file: '工资条的 HTML 文件',
  making: '生成工资条',
  ledgerBroken: '台账已损坏，不能证明工资条。allot verify 可指出改动之处。',
  noStatements: '规则中没有任何人的工资条。请在规则中用 工资条 说明薪酬由哪些项目组成。',
  draft: '此计薪日尚未发放：所写均为预览，并已注明。',
  folderNotEmpty: (folder) => `${folder} 已存在且不是空文件夹，请另取名称。`,
  noSuchKey: (key) => `在此计薪日，没有编号“${shown(key)}”的工资条。`,
  differ: (run) =>
    `工资条与第 ${run} 号发放时不同，未写入任何内容。请使用发放时的工作簿；allot verify 可指出改动之处。`,
  wrote: (count, folder) => `已将 ${count} 份工资条写入 ${folder}`,
  proven: (run) => `台账第 ${run} 号可以证明。`,
  finding: findingZh,
  report: (found) => reportOf(SAID_ZH, findingZh, found),
};

const BY_LANGUAGE: Readonly<Record<Language, StatementMessages>> = { en: EN, 'zh-CN': ZH };

export const statementMessages = (language: Language): StatementMessages => BY_LANGUAGE[language];
