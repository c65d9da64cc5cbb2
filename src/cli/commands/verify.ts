import { type Finding, isError, readPublicKey, type Verification, verifyBook } from '../../audit/index.ts';
import { verificationJson } from '../../audit/verificationJson.ts';
import { auditWords } from '../../audit/words.ts';
import type { Language } from '../../problems/messages/index.ts';
import { openBook } from '../../workbook/open.ts';
import { readText, refuse } from '../audited.ts';
import type { Io, Status } from '../io.ts';
import { watch } from '../progress.ts';
import type { VerifyRequest } from '../request.ts';
import { texts } from '../texts.ts';

/** Findings of one kind that are told to people. */
const MOST = 20;

/** `allot verify`: what was changed since which run. Fails if anything was. */
export async function verify(request: VerifyRequest, io: Io): Promise<Status> {
  const { language, anchor } = request;
  const t = texts(language);
  const keys: CryptoKey[] = [];
  for (const text of request.keys) {
    const key = await readPublicKey(text.startsWith('allot-key:') ? text : await readText(text));
    if (key === null) return refuse(io, request, 'bad-key', t.badPublicKey(text), 2);
    keys.push(key);
  }
  const book = await openBook(request.book);
  const reading = watch(io, t.reading);
  const verification = await verifyBook(book, {
    keys,
    progress: reading,
    ...(anchor === null ? {} : { anchor }),
  }).finally(() => reading.stop());
  const errors = verification.findings.filter(isError).length;
  if (request.json) await io.out([`${JSON.stringify(verificationJson(verification, language), null, 2)}\n`]);
  else await io.out([report(verification, errors, language)]);
  return errors > 0 ? 1 : 0;
}

function report(verification: Verification, errors: number, language: Language): string {
  const w = auditWords(language);
  const { findings, status, anchor } = verification;
  const lines = [w.verdict(verification, errors, findings.length - errors)];
  for (const wanted of ['error', 'note'] as const) {
    const kinds = byKind(findings, wanted);
    for (const list of kinds) {
      lines.push(...list.slice(0, MOST).map((finding) => `  ${w.finding(finding)}`));
      if (list.length > MOST) lines.push(`  ${w.more(list.length - MOST)}`);
    }
  }
  if (verification.rows > 0) lines.push(w.status(status));
  if (anchor !== null) lines.push(texts(language).anchorIs(anchor));
  return `${lines.join('\n')}\n`;
}

/** Findings of a severity, those of a kind together, kinds in the order in which they come first. */
function byKind(
  findings: readonly Finding[],
  severity: Finding['severity'],
): readonly (readonly Finding[])[] {
  const kinds = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.severity !== severity) continue;
    const list = kinds.get(finding.kind) ?? [];
    kinds.set(finding.kind, list);
    list.push(finding);
  }
  return [...kinds.values()];
}
