import type { Refusal } from '../../../audit/pay.ts';
import type { Language } from '../../../problems/messages/index.ts';

export interface AuditPageWords {
  readonly by: string;
  readonly byHint: string;
  readonly byMissing: string;
  readonly inName: string;
  readonly pay: string;
  readonly payDate: (day: string) => string;
  readonly payText: string;
  readonly willWrite: string;
  readonly willSheets: string;
  readonly willRow: (number: string) => string;
  readonly willRecord: string;
  readonly paidBefore: (run: string, day: string) => string;
  readonly lockedPeriod: (day: string, run: string) => string;
  readonly override: string;
  readonly overrideHint: string;
  readonly overrideMissing: string;
  readonly payNow: string;
  readonly working: string;
  readonly cancel: string;
  readonly paid: (number: string, sheets: number) => string;
  readonly resultsChanged: string;
  readonly noResults: string;
  readonly toRun: string;
  readonly toDate: string;
  readonly noDate: string;
  readonly rules: string;
  readonly propose: string;
  readonly approve: string;
  readonly withdraw: string;
  readonly stepDone: (number: string) => string;
  readonly ledger: string;
  readonly nothingPaid: string;
  readonly nothingPaidText: string;
  readonly reading: string;
  readonly broken: string;
  readonly event: (event: string) => string;
  readonly row: (number: string) => string;
  readonly lock: string;
  readonly lockRun: (run: string) => string;
  readonly lockTitle: (day: string) => string;
  readonly lockText: string;
  readonly locked: (number: string) => string;
  readonly anchor: string;
  readonly anchorHint: string;
  readonly copy: string;
  readonly copied: string;
  readonly noClipboard: string;
  readonly verify: string;
  readonly verifyText: string;
  readonly verifying: string;
  readonly against: string;
  readonly againstHint: string;
  readonly noAnchor: string;
  readonly stale: string;
  readonly more: (count: number) => string;
  readonly morePools: (count: number) => string;
  readonly note: string;
  readonly change: string;
  readonly review: string;
  readonly reviewText: string;
  readonly refusal: (refusal: Refusal) => string;
}

const EN: AuditPageWords = {
  by: 'Your name',
  byHint: 'Goes into the ledger as it is typed here.',
  byMissing: 'Type your name: the ledger keeps who did it.',
  inName: 'Entered in the name of',
  pay: 'Pay …',
  payDate: (day) => `Pay as of ${day}`,
  payText: 'Writes what is computed now, and enters it in the ledger.',
  willWrite: 'This is written into the workbook, all of it or nothing:',
  willSheets: 'the result sheets, whose names begin with “Allot”',
  willRow: (number) => `row ${number} of the sheet “Allot Ledger”`,
  willRecord: 'a record of the rules, the data and the amounts, beside the sheets',
  paidBefore: (run, day) =>
    `${day} was paid already, as run ${run}. The new run takes its place; both stay in the ledger.`,
  lockedPeriod: (day, run) =>
    `${day} is locked (run ${run}) and is not paid again. A difference is paid in addition.`,
  override: 'Why these rules are paid with all the same',
  overrideHint: 'Nobody approved the rules as they are now. The ledger keeps the reason.',
  overrideMissing: 'Give a reason, or have the rules approved first.',
  payNow: 'Pay',
  working: 'Writing into the workbook',
  cancel: 'Cancel',
  paid: (number, sheets) => `Paid: run ${number}, ${sheets} ${sheets === 1 ? 'sheet' : 'sheets'} written.`,
  resultsChanged: 'The results have changed since this was opened. Look at them, then pay.',
  noResults: 'Nothing can be paid until the errors are corrected.',
  toRun: 'See why',
  toDate: 'Pick a date',
  noDate: 'Pick the as-of date under Run before paying.',
  rules: 'Rules',
  propose: 'Propose',
  approve: 'Approve',
  withdraw: 'Withdraw',
  stepDone: (number) => `Entered as row ${number} of the ledger.`,
  ledger: 'Ledger',
  nothingPaid: 'Nothing has been paid yet',
  nothingPaidText:
    'A paid run is kept with its rules, data and amounts, so that every later change can be found.',
  reading: 'Reading the ledger',
  broken:
    'The ledger is not what it was, so nothing is added to it. Go back to the last workbook that verifies.',
  event: (event) =>
    ({
      paid: 'Paid',
      locked: 'Locked',
      approved: 'Rules approved',
      proposed: 'Rules proposed',
      draft: 'Rules withdrawn',
      adjusted: 'Adjusted',
      refreshed: 'Tables refreshed',
      delivered: 'Delivered',
    })[event] ?? event,
  row: (number) => `Row ${number}`,
  lock: 'Lock',
  lockRun: (run) => `Lock run ${run}`,
  lockTitle: (day) => `Lock ${day}`,
  lockText:
    'The period is not paid again; later changes of its data or rules show as differences. Nobody can unlock it.',
  locked: (number) => `Locked, in row ${number} of the ledger.`,
  anchor: 'Anchor line',
  anchorHint: 'Mail or print it: it later proves the ledger up to here, which the workbook alone cannot.',
  copy: 'Copy the anchor line',
  copied: 'The anchor line is copied.',
  noClipboard:
    'The browser keeps the clipboard closed. Select the line and copy it with Ctrl+C (⌘C on a Mac).',
  verify: 'Verify',
  verifyText: 'Compares rules, data, amounts and ledger with what was paid.',
  verifying: 'Verifying',
  against: 'Verify against an anchor line or a public key',
  againstHint: 'Optional: one that was kept outside the workbook.',
  noAnchor: 'This is no anchor line. One looks like allot:3:…:2026-03-31.',
  stale: 'The workbook has changed since; verify again.',
  more: (n) => `${n} more like these; allot verify --json lists all of them.`,
  morePools: (n) => `… and ${n} more`,
  note: 'Note',
  change: 'Change',
  review: 'Review the rules',
  reviewText:
    'For an auditor: where each rule is used and by how much money, what is written into it, what no row meets.',
  refusal(refusal) {
    switch (refusal.kind) {
      case 'ledger-broken':
        return EN.broken;
      case 'no-name':
        return EN.byMissing;
      case 'period-locked':
        return EN.lockedPeriod(refusal.asOf, refusal.run);
      case 'period-delivered':
        return `Run ${refusal.run} of ${refusal.asOf} was delivered to “${refusal.name}” and is not paid anew. Lock it, then adjust it.`;
      case 'unapproved':
        return EN.overrideMissing;
      case 'no-run':
        return `There is no paid run ${refusal.run} in the ledger.`;
      case 'run-locked':
        return `Run ${refusal.run} is locked already.`;
      case 'run-superseded':
        return `Run ${refusal.run} was paid again as run ${refusal.by}. Lock that one.`;
      case 'run-not-locked':
        return `Run ${refusal.run} is not locked, so ${refusal.asOf} may be paid anew. Lock it before adjusting it.`;
      case 'run-replaced':
        return `Run ${refusal.run} was paid again as run ${refusal.by}. Adjust that one.`;
      case 'record-missing':
      case 'record-changed':
        return `The record of row ${refusal.run} is not what it was, so nobody knows what was paid.`;
      case 'not-proposed':
        return 'The rules are not proposed as they are now.';
      case 'already':
        return `The rules are ${refusal.status} already (${refusal.row.cells.By}).`;
      case 'same-person':
        return `${refusal.row.cells.By} proposed these rules; somebody else has to approve them.`;
      default: {
        const never: never = refusal;
        return never;
      }
    }
  },
};

const ZH: AuditPageWords = {
  by: '经办人',
  byHint: '按此处所填记入台账。',
  byMissing: '请填写经办人，台账会记录由谁办理。',
  inName: '经办人：',
  pay: '发放……',
  payDate: (day) => `发放 ${day}`,
  payText: '写入当前计算结果，并记入台账。',
  willWrite: '以下内容将一次性写入工作簿，要么全部写入，要么都不写：',
  willSheets: '名称以 Allot 开头的结果表',
  willRow: (number) => `工作表“Allot Ledger”的第 ${number} 号`,
  willRecord: '规则、数据和金额的发放记录，保存在工作表之外',
  paidBefore: (run, day) => `${day} 已发放过（第 ${run} 号）。新的发放将取而代之，两者都保留在台账中。`,
  lockedPeriod: (day, run) => `${day} 已锁定（第 ${run} 号），不再重新发放；差额另行补发。`,
  override: '仍以这些规则发放的理由',
  overrideHint: '当前规则未经批准，理由将记入台账。',
  overrideMissing: '请填写理由，或先让规则获得批准。',
  payNow: '发放',
  working: '正在写入工作簿',
  cancel: '取消',
  paid: (number, sheets) => `已发放：第 ${number} 号，写入 ${sheets} 个工作表。`,
  resultsChanged: '打开之后结果有变化，请查看后再发放。',
  noResults: '改正错误之前不能发放。',
  toRun: '查看原因',
  toDate: '选择日期',
  noDate: '发放之前请先在“计算”页选定计薪日。',
  rules: '规则审批',
  propose: '提交',
  approve: '批准',
  withdraw: '撤回',
  stepDone: (number) => `已记入台账第 ${number} 号。`,
  ledger: '台账',
  nothingPaid: '尚未发放过',
  nothingPaidText: '每次发放都会保留当时的规则、数据和金额，此后的任何改动都能查出。',
  reading: '正在读取台账',
  broken: '台账已不是原样，不再写入。请回到核查无误的上一份工作簿。',
  event: (event) =>
    ({
      paid: '发放',
      locked: '锁定',
      approved: '规则批准',
      proposed: '规则提交',
      draft: '规则撤回',
      adjusted: '补差',
      refreshed: '数据刷新',
      delivered: '推送',
    })[event] ?? event,
  row: (number) => `第 ${number} 号`,
  lock: '锁定',
  lockRun: (run) => `锁定第 ${run} 号`,
  lockTitle: (day) => `锁定 ${day}`,
  lockText: '此期间不再重新发放；之后数据或规则的改动将显示为差异。锁定后无法解除。',
  locked: (number) => `已锁定，记入台账第 ${number} 号。`,
  anchor: '锚定行',
  anchorHint: '请通过邮件发送或打印保存：日后可证明至此为止的台账，单凭工作簿做不到这一点。',
  copy: '复制锚定行',
  copied: '锚定行已复制。',
  noClipboard: '浏览器不允许使用剪贴板。请选中这一行，按 Ctrl+C（Mac 为 ⌘C）复制。',
  verify: '核查',
  verifyText: '将规则、数据、金额和台账与发放时逐一比对。',
  verifying: '正在核查',
  against: '对照锚定行或公钥核查',
  againstHint: '可不填：保存在工作簿之外的那一行。',
  noAnchor: '这不是锚定行，其形式为 allot:3:…:2026-03-31。',
  stale: '此后工作簿有改动，请重新核查。',
  more: (n) => `同类另有 ${n} 处，可用 allot verify --json 全部列出。`,
  morePools: (n) => `……另有 ${n} 项`,
  note: '提示',
  change: '改动',
  review: '审阅规则',
  reviewText: '供审计人员使用：每条规则用在何处、涉及多少金额、写入了哪些常数、哪些规则无行适用。',
  refusal(refusal) {
    switch (refusal.kind) {
      case 'ledger-broken':
        return ZH.broken;
      case 'no-name':
        return ZH.byMissing;
      case 'period-locked':
        return ZH.lockedPeriod(refusal.asOf, refusal.run);
      case 'period-delivered':
        return `期间 ${refusal.asOf} 的第 ${refusal.run} 号发放已推送给“${refusal.name}”，不再重新发放；请先锁定再补差。`;
      case 'unapproved':
        return ZH.overrideMissing;
      case 'no-run':
        return `台账中没有第 ${refusal.run} 号发放。`;
      case 'run-locked':
        return `第 ${refusal.run} 号发放已锁定。`;
      case 'run-superseded':
        return `第 ${refusal.run} 号发放已由第 ${refusal.by} 号取代，请锁定后者。`;
      case 'run-not-locked':
        return `第 ${refusal.run} 号发放尚未锁定，${refusal.asOf} 可重新发放；请先锁定再补差。`;
      case 'run-replaced':
        return `第 ${refusal.run} 号发放已由第 ${refusal.by} 号取代，请对后者补差。`;
      case 'record-missing':
      case 'record-changed':
        return `台账第 ${refusal.run} 号的记录已不是原样，无法得知已发金额。`;
      case 'not-proposed':
        return '当前规则尚未提交。';
      case 'already':
        return `规则已${refusal.status === 'approved' ? '批准' : '提交'}（${refusal.row.cells.By}）。`;
      case 'same-person':
        return `规则由${refusal.row.cells.By}提交，须由他人批准。`;
      default: {
        const never: never = refusal;
        return never;
      }
    }
  },
};

const BY_LANGUAGE: Readonly<Record<Language, AuditPageWords>> = { en: EN, 'zh-CN': ZH };

export function auditPageWords(language: Language): AuditPageWords {
  return BY_LANGUAGE[language];
}
