import type { Language } from '../problems/messages/index.ts';
import type { Changed, Content, Owing, Paying, Refused, Stop, Unrecorded } from './model.ts';
import { EN } from './wordsEn.ts';
import { ZH } from './wordsZh.ts';

/** What a delivery says, in one language. */
export interface DeliveryWords {
  /** What is delivered. */
  head(paying: Paying): string;
  /** `payroll (rest https://…)`. */
  place(name: string, kind: string, location: string): string;
  stop(stop: Stop): string;
  refused(refused: Refused): string;
  delivered(content: Content): string;
  there(content: Content): string;
  before(row: string, time: string, same: boolean): string;
  would(content: Content): string;
  notDelivered(why: string): string;
  unrecorded(why: Unrecorded): string;
  changed(changed: Changed): string;
  owing(runs: readonly Owing[]): string;
  more(rows: number): string;
  readonly dryRun: string;
  readonly nothingNew: string;
  readonly failed: string;
  /** Of the command line. */
  readonly cli: {
    readonly deliver: string;
    readonly run: string;
    readonly only: string;
    by(usual: string): string;
    readonly out: string;
    readonly dryRun: string;
    readonly again: string;
  };
}

const BY_LANGUAGE: Readonly<Record<Language, DeliveryWords>> = { en: EN, 'zh-CN': ZH };

export const deliveryWords = (language: Language): DeliveryWords => BY_LANGUAGE[language];
