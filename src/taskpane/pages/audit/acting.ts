import { useRef, useState } from 'preact/hooks';
import { type AuditAct, type AuditDone, act } from '../../../live/audit.ts';
import type { RunOutcome } from '../../../live/protocol.ts';
import type { PageProps } from '../../page.ts';
import { failureText } from '../../parts/failure.ts';
import { auditPageWords } from './words.ts';

type Step = Extract<AuditAct, { kind: 'step' }>['step'];

export interface Acting {
  readonly busy: boolean;
  /** Proposes, approves or withdraws the rules, and says what came of it. */
  readonly step: (step: Step) => Promise<void>;
  /** Does something; null where it was refused, and `refused` says why. */
  readonly go: (
    wanted: AuditAct,
    agreed: RunOutcome | null,
  ) => Promise<Extract<AuditDone, { kind: 'done' }> | null>;
  readonly refused: string | null;
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
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  // A second click comes before the first has been drawn.
  const going = useRef(false);

  async function tried(
    wanted: AuditAct,
    agreed: RunOutcome | null,
  ): Promise<Extract<AuditDone, { kind: 'done' }> | string> {
    try {
      const done = await act(session, wanted, { by: by.trim(), time: timeText(new Date()) }, agreed);
      switch (done.kind) {
        case 'done':
          onDone();
          return done;
        case 'no-results':
          return w.noResults;
        case 'results-changed':
          return w.resultsChanged;
        default:
          return w.refusal(done);
      }
    } catch (error) {
      return failureText(error, language);
    }
  }

  const go: Acting['go'] = async (wanted, agreed) => {
    if (going.current) return null;
    going.current = true;
    setBusy(true);
    setRefused(null);
    const done = await tried(wanted, agreed);
    going.current = false;
    setBusy(false);
    if (typeof done !== 'string') return done;
    setRefused(done);
    return null;
  };
  const step: Acting['step'] = async (taken) => {
    if (going.current) return;
    going.current = true;
    setBusy(true);
    const done = await tried({ kind: 'step', step: taken }, null);
    going.current = false;
    setBusy(false);
    say(
      typeof done === 'string'
        ? { intent: 'warning', text: done }
        : { intent: 'success', text: w.stepDone(done.number) },
    );
  };
  return { busy, step, go, refused };
}
