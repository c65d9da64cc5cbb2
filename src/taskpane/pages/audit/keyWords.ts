import type { Language } from '../../../problems/messages/index.ts';

/** What the page says of keys and signatures. */
export interface KeyWords {
  readonly sign: string;
  readonly signHint: string;
  readonly signStep: string;
  readonly signed: string;
  readonly choose: string;
  readonly noEd25519: string;
  readonly badKey: string;
  readonly publicKey: string;
  readonly publicKeyHint: string;
  readonly badPublicKey: string;
  readonly allSigned: string;
  readonly keys: string;
  readonly keysText: string;
  readonly make: string;
  readonly made: string;
  readonly privateKey: string;
  readonly privateHint: string;
  readonly publicHint: string;
  readonly saveAgain: string;
  readonly show: string;
  readonly copyPublic: string;
  readonly copied: string;
  readonly close: string;
  readonly remove: (file: string) => string;
}

const EN: KeyWords = {
  sign: 'Sign with a private key',
  signHint: 'Optional. The file signs this one entry of the ledger and is kept nowhere.',
  signStep: 'Sign the next step',
  signed: 'signed',
  choose: 'Choose a file',
  noEd25519:
    'This browser is too old for Ed25519 signatures. Update it (or Office), or sign with the command line: allot pay --sign.',
  badKey:
    'This file holds no private key of Ed25519. Make one under “Signing” on this page, or with allot keys.',
  publicKey: 'Public key',
  publicKeyHint: 'Optional: every payment must then be signed with it.',
  badPublicKey: 'This file holds no public key of Ed25519. One is a line like allot-key:….',
  allSigned: 'Every payment is signed with this key.',
  keys: 'Signing',
  keysText:
    'A signature proves who entered a payment: only the private key makes it, and anybody can check it with the public one.',
  make: 'Make a key pair',
  made: 'Two files were given to the browser to save. These keys are kept nowhere else: once this is closed they can’t be saved again.',
  privateKey: 'Private key',
  privateHint:
    'Keep it where only you can read it, outside the workbook. Whoever has it signs in your place.',
  publicHint: 'Give it to whoever verifies.',
  saveAgain: 'Save again',
  show: 'Show it, if no file was saved',
  copyPublic: 'Copy the public key',
  copied: 'The public key is copied.',
  close: 'Close',
  remove: (file) => `Don’t use ${file}`,
};

const ZH: KeyWords = {
  sign: '用私钥签名',
  signHint: '可不填。所选文件只为这一条台账记录签名，不会保存在任何地方。',
  signStep: '为下一步审批签名',
  signed: '已签名',
  choose: '选择文件',
  noEd25519:
    '此浏览器版本过旧，不支持 Ed25519 签名。请更新浏览器（或 Office），或用命令行签名：allot pay --sign。',
  badKey: '此文件中没有 Ed25519 私钥。可在本页“签名”一节生成，或使用 allot keys。',
  publicKey: '公钥',
  publicKeyHint: '可不填：填写后，每次发放都须有对应的签名。',
  badPublicKey: '此文件中没有 Ed25519 公钥，其形式为一行 allot-key:…。',
  allSigned: '每次发放都有此公钥对应的签名。',
  keys: '签名',
  keysText: '签名可证明发放由谁记入：只有私钥能够签名，任何人都能用公钥核对。',
  make: '生成密钥对',
  made: '两个文件已交由浏览器保存。密钥不会另行保存，关闭之后无法再次保存。',
  privateKey: '私钥',
  privateHint: '请保存在只有您能读取的地方，不要放进工作簿。谁持有它，谁就能代您签名。',
  publicHint: '请交给负责核查的人。',
  saveAgain: '再次保存',
  show: '若未能保存文件，可在此查看',
  copyPublic: '复制公钥',
  copied: '公钥已复制。',
  close: '关闭',
  remove: (file) => `不使用 ${file}`,
};

const BY_LANGUAGE: Readonly<Record<Language, KeyWords>> = { en: EN, 'zh-CN': ZH };

export function keyWords(language: Language): KeyWords {
  return BY_LANGUAGE[language];
}
