import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { functionNames } from '../../../functions/names.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { failureText } from '../../parts/failure.ts';
import { latest, useAsync } from '../../parts/hooks.ts';
import { type SharingWords, sharingWords } from './sharingWords.ts';

type Props = Pick<PageProps, 'session' | 'language' | 'say'>;

/** What concerns our functions in the workbook's cells: a copy without them, and short names for them. */
export function Sharing(props: Props): JSX.Element {
  const w = sharingWords(props.language);
  return (
    <section class="section">
      <details>
        <summary>{w.title}</summary>
        <div class="stack sharing">
          <Copy {...props} />
          <Names {...props} />
        </div>
      </details>
    </section>
  );
}

function Copy({ session, language, say }: Props): JSX.Element {
  const w = sharingWords(language);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      say(await copyWithValues(session, w));
    } catch (error) {
      say({ intent: 'error', text: failureText(error, language) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="stack">
      <Button icon="save" disabled={busy} onClick={() => void save()}>
        {busy ? `${w.copying} …` : w.copy}
      </Button>
      <p class="hint">{w.copyHint}</p>
    </div>
  );
}

async function copyWithValues(
  { book }: PageProps['session'],
  w: SharingWords,
): Promise<Parameters<PageProps['say']>[0]> {
  // What edits files is loaded by those who need it.
  const [{ freezeXlsx }, bytes] = await Promise.all([
    import(/* webpackChunkName: "freeze" */ '../../../workbook/xlsx/freeze.ts'),
    book.bytes(),
  ]);
  const frozen = freezeXlsx(bytes, book.title);
  if (frozen.cells === 0 && frozen.names.length === 0 && frozen.left.length === 0)
    return { intent: 'info', text: w.noCalls };
  const [, stem = book.title, extension = '.xlsx'] = /^(.*?)(\.[^.]*)?$/.exec(book.title) ?? [];
  await book.openCopy(frozen.bytes, `${stem}-${w.suffix}${extension}`);
  const errors = frozen.sheets.reduce((sum, sheet) => sum + sheet.errors, 0);
  const said = [
    w.copied(frozen.cells, errors),
    ...(frozen.left.length === 0 ? [] : [w.left(frozen.left.length)]),
  ];
  return { intent: frozen.left.length + errors === 0 ? 'success' : 'warning', text: said.join(' ') };
}

function Names({ session, language, say }: Props): JSX.Element {
  const w = sharingWords(language);
  const [asked, setAsked] = useState(0);
  const found = latest(useAsync(() => session.book.functionNames(), [session, asked]));
  const present = found !== null && found.length > 0;
  const change = async (): Promise<void> => {
    try {
      const taken = await session.book.setFunctionNames(functionNames(), !present);
      const done = present ? w.namesRemoved : w.namesAdded;
      if (taken.length === 0) say({ intent: 'success', text: done });
      else say({ intent: 'warning', text: `${done} ${w.taken(taken)}` });
    } catch (error) {
      say({ intent: 'error', text: failureText(error, language) });
    }
    setAsked(asked + 1);
  };
  return (
    <div class="stack">
      <h3>{w.names}</h3>
      <p class="hint">{w.namesHint}</p>
      <Button disabled={found === null} onClick={() => void change()}>
        {present ? w.removeNames : w.addNames}
      </Button>
    </div>
  );
}
