import { useEffect, useRef, useState } from 'preact/hooks';
import type { Language } from '../problems/messages/index.ts';
import { mountPane, type Theme } from '../taskpane/index.tsx';
import { failureText } from '../taskpane/parts/failure.ts';
import { memory } from '../taskpane/parts/remember.ts';
import { Bar } from './Bar.tsx';
import { offerFile } from './offer.ts';
import { enterRoom, type OpenBook, type Room } from './room.ts';
import { Splitter } from './Splitter.tsx';
import { Welcome } from './Welcome.tsx';
import { workbenchWords } from './words.ts';

/** What the page shows besides the grid. */
type Phase =
  | { readonly kind: 'start' }
  | { readonly kind: 'opening'; readonly name: string; readonly done: number | null }
  | { readonly kind: 'open'; readonly book: OpenBook };

const SAMPLES = 'samples/';
const PANE_WIDTH = 380;
const remembered = memory('workbench.');

export interface AppProps {
  /** Hears of every workbook that has been opened. */
  readonly onOpen: (room: Room, book: OpenBook) => void;
}

export function App({ onOpen }: AppProps) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const [dark, setDark] = useState(() => remembered.get('theme') === 'dark');
  const [phase, setPhase] = useState<Phase>({ kind: 'start' });
  const [error, setError] = useState<string | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [dragging, setDragging] = useState(false);
  const [width, setWidth] = useState(() => Number(remembered.get('width')) || PANE_WIDTH);
  const gridElement = useRef<HTMLDivElement>(null);
  const paneElement = useRef<HTMLDivElement>(null);
  const room = useRef<Promise<Room> | null>(null);
  const shown = useRef<OpenBook | null>(null);
  const themes = useRef(new Set<(theme: Theme) => void>());
  const w = workbenchWords(language);
  const theme: Theme = dark ? 'dark' : 'light';
  const book = phase.kind === 'open' ? phase.book : null;

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = book === null ? w.title : `${book.name} – ${w.title}`;
  }, [language, book, w]);

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.style.colorScheme = theme;
    for (const listener of themes.current) listener(theme);
    void room.current?.then(({ grid }) => grid.setDark(dark));
  }, [theme, dark]);

  // The theme reaches the pane through its listener.
  useEffect(() => {
    const element = paneElement.current;
    if (element === null || book === null) return undefined;
    return mountPane(element, {
      session: book.session,
      language,
      theme,
      partition: 'workbench.',
      onTheme(listener) {
        themes.current.add(listener);
        return () => themes.current.delete(listener);
      },
    });
  }, [book, language]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (shown.current?.isChanged() === true) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);

  const kept = useRef((): void => {});
  const drop = useRef((_file: File): void => {});
  useEffect(() => {
    const over = (event: DragEvent): void => {
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const dropped = (event: DragEvent): void => {
      event.preventDefault();
      setDragging(false);
      const [file] = event.dataTransfer?.files ?? [];
      if (file !== undefined) drop.current(file);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', dropped);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', dropped);
    };
  }, []);

  async function open(name: string, read: () => Promise<Uint8Array>): Promise<void> {
    if (phase.kind === 'opening') return;
    if (shown.current?.isChanged() === true && !window.confirm(w.unsaved)) return;
    const before = phase;
    setError(null);
    setPhase({ kind: 'opening', name, done: null });
    try {
      const bytes = await read();
      room.current ??= enterRoom(gridElement.current ?? document.body, language, dark, {
        onKept: () => kept.current(),
        onMessage: setMessage,
      });
      const entered = await room.current;
      const opened = await entered.load(bytes, name, (done) => setPhase({ kind: 'opening', name, done }));
      shown.current = opened;
      setPhase({ kind: 'open', book: opened });
      onOpen(entered, opened);
    } catch (reason) {
      setError(
        `${w.cannotOpen(name)} ${reason instanceof NotThere ? w.notFound(name) : without(name, failureText(reason, language))}`,
      );
      setPhase(before);
    }
  }

  const openSample = (name: string): Promise<void> =>
    open(name, async () => {
      const response = await fetch(SAMPLES + encodeURIComponent(name));
      if (!response.ok) throw new NotThere();
      return new Uint8Array(await response.arrayBuffer());
    });
  const openFile = (file: File): Promise<void> =>
    open(file.name, async () => new Uint8Array(await file.arrayBuffer()));

  kept.current = () => setError(w.keepsSheet);
  drop.current = (file) => void openFile(file);

  async function save(): Promise<void> {
    if (book === null || saving) return;
    setSaving(true);
    setError(null);
    try {
      offerFile(await book.book.bytes(), book.name);
      book.saved();
    } catch (reason) {
      setError(`${w.cannotSave} ${failureText(reason, language)}`);
    }
    setSaving(false);
  }

  function speak(next: Language): void {
    remembered.set('language', next);
    setLanguage(next);
    void room.current?.then((entered) => entered.setLanguage(next));
  }

  function colour(next: boolean): void {
    remembered.set('theme', next ? 'dark' : 'light');
    setDark(next);
  }

  function resize(next: number): void {
    remembered.set('width', String(next));
    setWidth(next);
  }

  return (
    <div class="bench">
      <Bar
        words={w}
        language={language}
        dark={dark}
        name={book?.name ?? null}
        busy={phase.kind === 'opening' || saving}
        onSample={(name) => void openSample(name)}
        onFile={(file) => void openFile(file)}
        onSave={() => void save()}
        onLanguage={speak}
        onDark={colour}
      />
      {error === null ? null : (
        <div class="bench-error" role="alert">
          <span>{error}</span>
          <button type="button" onClick={() => setError(null)}>
            {w.close}
          </button>
        </div>
      )}
      <div class="bench-body">
        <section class="bench-book" aria-label={w.grid}>
          <div class="bench-grid" ref={gridElement} />
          {phase.kind === 'open' ? <Splitter width={width} label={w.resize} onResize={resize} /> : null}
        </section>
        {phase.kind === 'open' ? (
          // The pane brings the page's main part with it.
          <div class="bench-pane" style={`--bench-pane: ${width}px`} ref={paneElement} />
        ) : (
          <Welcome
            words={w}
            opening={phase.kind === 'opening' ? phase : null}
            onSample={(name) => void openSample(name)}
            onFile={(file) => void openFile(file)}
          />
        )}
      </div>
      {message === null || book === null ? null : (
        <p class="bench-message" role="status">
          {message}
        </p>
      )}
      {dragging ? <div class="bench-drop">{w.dropNow}</div> : null}
    </div>
  );
}

/** A sample that the build did not bring. */
class NotThere extends Error {}

/** What is said of a file, which has been named already. */
function without(name: string, said: string): string {
  return said.startsWith(name) ? said.slice(name.length).replace(/^[:：]\s*/, '') : said;
}

function firstLanguage(): Language {
  const kept = remembered.get('language');
  if (kept === 'en' || kept === 'zh-CN') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
