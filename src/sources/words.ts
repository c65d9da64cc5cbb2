import type { Language } from '../problems/messages/index.ts';
import type { Misfit } from './coerce.ts';
import type { Example, Issue } from './issues.ts';
import type { CellType, FaultReason, Mode, SourcePlace } from './model.ts';
import type { Change } from './report.ts';
import { EN } from './wordsEn.ts';
import { ZH } from './wordsZh.ts';

/** What a refresh says, in one language. */
export interface SourceWords {
  readonly severity: Readonly<Record<Issue['severity'], string>>;
  readonly mode: Readonly<Record<Mode, string>>;
  readonly type: Readonly<Record<CellType, string>>;
  readonly fault: Readonly<Record<FaultReason, (detail: string) => string>>;
  readonly misfit: Readonly<Record<Misfit, (expected: string | null) => string>>;
  readonly headings: {
    readonly table: string;
    readonly column: string;
    readonly rows: string;
    readonly before: string;
    readonly after: string;
  };
  /** `Tickets, from postgresql db:5432/tickets (merge)`. */
  tableHead(table: string, kind: string, location: string, mode: string): string;
  /** How many rows came, changed, went and stayed. */
  counts(counts: Counts): string;
  changed(key: string, heading: string, before: string, after: string): string;
  added(key: string): string;
  removed(key: string): string;
  more(count: number): string;
  /** What an issue says, on one line. */
  issue(issue: Issue): string;
  readonly nothingChanged: string;
  readonly nothingWritten: string;
  readonly acceptHint: string;
  readonly dryRun: string;
  refreshed(tables: readonly string[], by: string): string;
  /** Of the command line. */
  readonly cli: {
    readonly refresh: string;
    readonly out: string;
    readonly table: string;
    readonly dryRun: string;
    readonly accept: string;
    by(usual: string): string;
    readonly secret: string;
    timeout(seconds: number): string;
    readonly fetching: string;
    badSecret(text: string): string;
    secretMissing(text: string): string;
    readonly badTimeout: string;
    readonly folderNeedsOut: string;
    readonly changedMeanwhile: string;
  };
}

export interface Counts {
  readonly fetched: number;
  readonly before: number;
  readonly after: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly locked: number;
}

const BY_LANGUAGE: Readonly<Record<Language, SourceWords>> = { en: EN, 'zh-CN': ZH };

export function sourceWords(language: Language): SourceWords {
  return BY_LANGUAGE[language];
}

/** What changes in a row, on one line. */
export function changeText(change: Change, w: SourceWords): string {
  switch (change.kind) {
    case 'changed':
      return w.changed(change.key, change.heading, change.before, change.after);
    case 'added':
      return w.added(change.key);
    case 'removed':
      return w.removed(change.key);
    default: {
      const never: never = change;
      return never;
    }
  }
}

export type { Example, SourcePlace };
