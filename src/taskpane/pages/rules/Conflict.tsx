import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Language } from '../../../problems/messages/index.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import type { Piece } from './editor/replace.ts';
import { rulesWords } from './words.ts';

/** Equal lines that are shown around those that differ. */
const AROUND = 2;

interface ConflictProps {
  readonly language: Language;
  readonly sheet: string;
  readonly theirs: readonly string[];
  readonly mine: readonly string[];
  /** What makes one text of another. */
  readonly piecesOf: (was: readonly string[], wanted: readonly string[]) => readonly Piece[];
  readonly onMine: () => void;
  readonly onTheirs: () => void;
  readonly onClose: () => void;
}

/** Asks what a sheet should say that has changed underneath. */
export function Conflict(props: ConflictProps): JSX.Element {
  const { language, sheet, onMine, onTheirs, onClose } = props;
  const w = rulesWords(language);
  const [comparing, setComparing] = useState(false);
  return (
    <Dialog
      title={comparing ? w.compareTitle : w.changedTitle}
      onClose={onClose}
      actions={
        <>
          <Button look="primary" onClick={onMine}>
            {w.keepMine}
          </Button>
          <Button onClick={onTheirs}>{w.takeTheirs}</Button>
          <Button onClick={() => setComparing(!comparing)}>{comparing ? w.back : w.compare}</Button>
          <Button look="subtle" onClick={onClose}>
            {w.cancel}
          </Button>
        </>
      }
    >
      {comparing ? <Differences {...props} /> : <p>{w.changedText(sheet)}</p>}
    </Dialog>
  );
}

type Shown =
  | { readonly kind: 'same' | 'mine' | 'theirs'; readonly text: string }
  | { readonly kind: 'skip'; readonly count: number };

function Differences({ language, theirs, mine, piecesOf }: ConflictProps): JSX.Element {
  const w = rulesWords(language);
  const rows = differences(theirs, piecesOf(theirs, mine));
  if (rows.length === 0) return <p>{w.mineEmpty}</p>;
  const said = { same: w.same, mine: w.onlyMine, theirs: w.onlyTheirs };
  const signs = { same: ' ', mine: '+', theirs: '−' };
  return (
    <>
      <p class="small muted">
        <span class="difference-sign">−</span> {w.onlyTheirs} · <span class="difference-sign">+</span>{' '}
        {w.onlyMine}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section class="differences" tabIndex={0} aria-label={w.compareTitle}>
        <ul>
          {rows.map((row, i) =>
            row.kind === 'skip' ? (
              <li key={i} class="difference-skip">
                {w.lines(row.count)}
              </li>
            ) : (
              <li key={i} class={`difference difference-${row.kind}`}>
                <span class="difference-sign" aria-hidden="true">
                  {signs[row.kind]}
                </span>
                {row.kind === 'same' ? null : <span class="visually-hidden">{said[row.kind]}: </span>}
                <code>{row.text}</code>
              </li>
            ),
          )}
        </ul>
      </section>
    </>
  );
}

/** Lines that differ, each with a few equal ones around it. */
export function differences(theirs: readonly string[], pieces: readonly Piece[]): readonly Shown[] {
  const rows: Shown[] = [];
  let at = 0;
  pieces.forEach((piece, i) => {
    same(at, piece.from, i > 0, true);
    for (const text of theirs.slice(piece.from, piece.to)) rows.push({ kind: 'theirs', text });
    for (const text of piece.lines) rows.push({ kind: 'mine', text });
    at = piece.to;
  });
  if (pieces.length > 0) same(at, theirs.length, true, false);
  return rows;

  /** Equal lines between two places that differ, or before the first or after the last. */
  function same(from: number, to: number, after: boolean, before: boolean): void {
    const head = after ? Math.min(to, from + AROUND) : from;
    const tail = before ? Math.max(head, to - AROUND) : to;
    const skipped = Math.max(0, (before ? tail : to) - head);
    for (const text of theirs.slice(from, head)) rows.push({ kind: 'same', text });
    if (skipped > 0) rows.push({ kind: 'skip', count: skipped });
    if (before) for (const text of theirs.slice(tail, to)) rows.push({ kind: 'same', text });
  }
}
