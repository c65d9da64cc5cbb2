import { useRef, useState } from 'preact/hooks';
import { type AuditAct, type AuditDoer, type AuditDone, act } from '../../../live/audit.ts';
import type { RunOutcome } from '../../../live/protocol.ts';
import type { PageProps } from '../../page.ts';
import { failureText } from '../../parts/failure.ts';
import { keyWords } from './keyWords.ts';
import { auditPageWords } from './words.ts';

type Step = Extract<AuditAct, { kind: 'step' }>['step'];

/** A file's text, on its way; null where it is far too large for a key. */
export async function keyText(file: File): Promise<string | null> {
  return file.size > MOST ? null : file.text();
}

/** Bytes of a file with a key: it has a few lines. */
const MOST = 16_384;

export interface Acting {
  readonly busy: boolean;
  /** Proposes, approves or withdraws the rules, and says what came of it; whether it was done. */
  readonly step: (step: Step, key?: File | null) => Promise<boolean>;
  /** Does something, signed with the key of a file; null where it was refused, and `refused` says why. */
  readonly go: (
    wanted: AuditAct,
    agreed: RunOutcome | null,
    key?: File | null,
  ) => Promise<Extract<AuditDone, { kind: 'done' }> | null>;
  /** The same for something else that the ledger keeps. */
  readonly run: (
    work: (doer: AuditDoer) => Promise<AuditDone>,
    key?: File | null,
  ) => Promise<Extract<AuditDone, { kind: 'done' }> | null>;
  readonly refused: string | null;
  /** What was refused is about to be tried in another way. */
  readonly forget: () => void;
}

/** UTC to the second, as the ledger writes it. */
export const timeText = (now: Date): string => `${now.toISOString().slice(0, 19)}Z`;

/** Acts in the name of a person, one at a time; `onDone` hears of each that was written. */
export function useActing(
  { session, language, say }: Pick<PageProps, 'session' | 'language' | 'say'>,
  by: string,
  onDone: () => void,
): Acting {
  const w = auditPageWords(language);
  const k = keyWords(language);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  // A second click comes before the first has been drawn.
  const going = useRef(false);

  async function tried(
    work: (doer: AuditDoer) => Promise<AuditDone>,
    file: File | null,
  ): Promise<Extract<AuditDone, { kind: 'done' }> | string> {
    try {
      // The file is read for this one act; its text goes no further than to where it signs.
      const key = file === null ? undefined : await keyText(file);
      if (key === null) return k.badKey;
      const doer = { by: by.trim(), time: timeText(new Date()), ...(key === undefined ? {} : { key }) };
      const done = await work(doer);
      switch (done.kind) {
        case 'done':
          onDone();
          return done;
        case 'no-results':
          return w.noResults;
        case 'results-changed':
          return w.resultsChanged;
        case 'bad-key':
          return k.badKey;
        case 'no-ed25519':
          return k.noEd25519;
        default:
          return w.refusal(done);
      }
    } catch (error) {
      return failureText(error, language);
    }
  }

  const run: Acting['run'] = async (work, key = null) => {
    if (going.current) return null;
    going.current = true;
    setBusy(true);
    setRefused(null);
    const done = await tried(work, key);
    going.current = false;
    setBusy(false);
    if (typeof done !== 'string') return done;
    setRefused(done);
    return null;
  };
  const go: Acting['go'] = (wanted, agreed, key) => run((doer) => act(session, wanted, doer, agreed), key);
  const step: Acting['step'] = async (taken, key = null) => {
    if (going.current) return false;
    going.current = true;
    setBusy(true);
    const done = await tried((doer) => act(session, { kind: 'step', step: taken }, doer, null), key);
    going.current = false;
    setBusy(false);
    say(
      typeof done === 'string'
        ? { intent: 'warning', text: done }
        : { intent: 'success', text: w.stepDone(done.number) },
    );
    return typeof done !== 'string';
  };
  return { busy, step, go, run, refused, forget: () => setRefused(null) };
}
