import type { Language } from '../problems/messages/index.ts';
import type { Verification } from './verify.ts';
import { auditPlace, auditWords } from './words.ts';

/** What `allot verify --json` prints of a verification: a plain object, findings with their places and sentences as text. */
export function verificationJson(
  { findings, rows, runs, anchor, status }: Verification,
  language: Language,
): object {
  const w = auditWords(language);
  const list = findings.map((finding) => ({
    ...finding,
    ...('at' in finding && finding.at !== undefined ? { place: auditPlace(finding.at) } : {}),
    message: w.finding(finding),
  }));
  const row = 'row' in status ? status.row.cells : null;
  const rules = {
    status: status.kind,
    ...(row === null ? {} : { row: row.Number, by: row.By, time: row.Time }),
  };
  return { rows, runs, rules, anchor, findings: list };
}
