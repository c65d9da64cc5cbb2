import type { Language } from '../problems/messages/index.ts';
import { FilePick } from './FilePick.tsx';
import type { WorkbenchWords } from './words.ts';

export interface BarProps {
  readonly words: WorkbenchWords;
  readonly language: Language;
  readonly dark: boolean;
  /** Of the open workbook. */
  readonly name: string | null;
  readonly busy: boolean;
  readonly onSample: (name: string) => void;
  readonly onFile: (file: File) => void;
  readonly onSave: () => void;
  readonly onLanguage: (language: Language) => void;
  readonly onDark: (dark: boolean) => void;
}

const LANGUAGES: readonly { readonly language: Language; readonly name: string }[] = [
  { language: 'en', name: 'English' },
  { language: 'zh-CN', name: '中文' },
];

export const SAMPLES = ['small.xlsx', 'broadcast.xlsx', '广电.xlsx'] as const;

/** Tables without rules, one workbook a pack: its rules come from “New rule sheet”. */
export const PACK_SAMPLES = [
  'pack-broadcast.xlsx',
  'pack-manufacturing.xlsx',
  'pack-retail.xlsx',
  'pack-internet.xlsx',
] as const;

type Sample = (typeof SAMPLES)[number] | (typeof PACK_SAMPLES)[number];

export function sampleText(name: Sample, { sample, pack }: WorkbenchWords): string {
  return {
    'small.xlsx': sample.small,
    'broadcast.xlsx': sample.english,
    '广电.xlsx': sample.chinese,
    'pack-broadcast.xlsx': pack.broadcast,
    'pack-manufacturing.xlsx': pack.manufacturing,
    'pack-retail.xlsx': pack.retail,
    'pack-internet.xlsx': pack.internet,
  }[name];
}

/** The page's own bar: what to open, saving, language and theme. */
export function Bar({ words: w, language, dark, name, busy, ...on }: BarProps) {
  return (
    <section class="bench-bar" aria-label={w.title}>
      <svg class="bench-bar-mark" viewBox="0 0 20 20" width="22" height="22" aria-hidden="true">
        <rect class="bench-mark-one" x="2" y="3" width="16" height="4" rx="1.2" />
        <rect class="bench-mark-two" x="2" y="8.5" width="9.5" height="8.5" rx="1.2" />
        <rect class="bench-mark-three" x="13" y="8.5" width="5" height="8.5" rx="1.2" />
      </svg>
      <h1 class="bench-bar-title">
        Allot
        {name === null ? null : <span class="bench-bar-name">{name}</span>}
      </h1>
      <div class="bench-bar-group">
        <label class="bench-bar-pick">
          <span class="bench-hidden">{w.samples}</span>
          <select
            disabled={busy}
            value=""
            onChange={(event) => {
              const { value } = event.currentTarget;
              event.currentTarget.value = '';
              if (value !== '') on.onSample(value);
            }}
          >
            <option value="">{w.samples}</option>
            {SAMPLES.map((sample) => (
              <option key={sample} value={sample}>
                {sampleText(sample, w)}
              </option>
            ))}
            <optgroup label={w.packs}>
              {PACK_SAMPLES.map((sample) => (
                <option key={sample} value={sample}>
                  {sampleText(sample, w)}
                </option>
              ))}
            </optgroup>
          </select>
        </label>
        <FilePick label={w.openFile} disabled={busy} onFile={on.onFile} />
        <button
          type="button"
          class="bench-button bench-button-first"
          disabled={busy || name === null}
          onClick={on.onSave}
          title={w.note}
        >
          {w.save}
        </button>
      </div>
      <div class="bench-bar-rest" />
      <fieldset class="bench-segments">
        <legend class="bench-hidden">{w.language}</legend>
        {LANGUAGES.map((one) => (
          <button
            key={one.language}
            type="button"
            lang={one.language}
            aria-pressed={one.language === language}
            onClick={() => on.onLanguage(one.language)}
          >
            {one.name}
          </button>
        ))}
      </fieldset>
      <fieldset class="bench-segments">
        <legend class="bench-hidden">{w.theme}</legend>
        {[false, true].map((one) => (
          <button key={String(one)} type="button" aria-pressed={one === dark} onClick={() => on.onDark(one)}>
            {one ? w.themes.dark : w.themes.light}
          </button>
        ))}
      </fieldset>
    </section>
  );
}
