import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Language as Keywords } from '../../../../../grammar/keywords.ts';
import type { Language } from '../../../../problems/messages/index.ts';
import type { SourceLine, TableHead } from '../../../../workbook/port.ts';
import { Button } from '../../../parts/Button.tsx';
import { Dialog } from '../../../parts/Dialog.tsx';
import { type NeededTable, PACKS, type Pack } from './catalogue.ts';
import { linesOf, missing } from './fit.ts';
import './newSheet.css';
import { newSheetWords } from './words.ts';

/**
 * What a new rule sheet may start from: a template for the workbook's tables, or a pack of rules. Of a pack whose
 * tables are not all in the workbook it says first which tables and columns it needs.
 * @param there the workbook's tables; `keywords`: the language that its rules are written in
 */
export function NewSheet({
  language,
  keywords,
  there,
  onTemplate,
  onLines,
  onClose,
}: {
  readonly language: Language;
  readonly keywords: Keywords;
  readonly there: readonly TableHead[];
  readonly onTemplate: () => void;
  readonly onLines: (lines: readonly SourceLine[]) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const w = newSheetWords(language);
  const [asked, setAsked] = useState<Pack | null>(null);
  const add = (pack: Pack): void => onLines(linesOf(pack.rules[keywords]));
  const cancel = (
    <Button look="subtle" onClick={onClose}>
      {w.cancel}
    </Button>
  );
  if (asked !== null)
    return (
      <Dialog
        title={asked.name[language]}
        onClose={onClose}
        actions={
          <>
            <Button look="primary" onClick={() => add(asked)}>
              {w.add}
            </Button>
            <Button onClick={() => setAsked(null)}>{w.back}</Button>
            {cancel}
          </>
        }
      >
        <p>{w.lacks(asked.name[language])}</p>
        <Needed tables={missing(asked.tables, there)} language={language} />
        <p>{w.lacksHint}</p>
      </Dialog>
    );
  return (
    <Dialog title={w.title} onClose={onClose} actions={cancel}>
      <Choice name={w.template} text={w.templateText} onClick={onTemplate} />
      <h3 class="new-sheet-packs">{w.packs}</h3>
      {PACKS.map((pack) => {
        const fits = missing(pack.tables, there).length === 0;
        return (
          <Choice
            key={pack.id}
            name={pack.name[language]}
            text={pack.about[language]}
            mark={fits ? w.fits : null}
            onClick={() => (fits ? add(pack) : setAsked(pack))}
          />
        );
      })}
    </Dialog>
  );
}

function Choice({
  name,
  text,
  mark = null,
  onClick,
}: {
  readonly name: string;
  readonly text: string;
  readonly mark?: string | null;
  readonly onClick: () => void;
}): JSX.Element {
  return (
    <button type="button" class="new-sheet-choice" onClick={onClick}>
      <strong>{name}</strong>
      <span class="small">{text}</span>
      {mark === null ? null : <span class="small new-sheet-fits">{mark}</span>}
    </button>
  );
}

function Needed({
  tables,
  language,
}: {
  readonly tables: readonly NeededTable[];
  readonly language: Language;
}): JSX.Element {
  const w = newSheetWords(language);
  return (
    <dl class="new-sheet-needed">
      {tables.map(({ table, columns }) => (
        <div key={table}>
          <dt>{table}</dt>
          <dd>{w.columns(columns)}</dd>
        </div>
      ))}
    </dl>
  );
}
