import type { CommandContext } from '../commands/commands.ts';
import { createFollower, type Follower } from '../functions/follow.ts';
import { createSession } from '../live/createSession.ts';
import { startWorker, workerHandle } from '../live/handle.ts';
import type { Language } from '../problems/messages/index.ts';
import { excelBook } from '../workbook/excel/book.ts';
import { missingRequirements } from '../workbook/excel/office.ts';
import { dayOf, languageOf, themeOf, watchTheme } from './environment.ts';
import { showNotice } from './notice.ts';
import { type LazyPane, lazyPane } from './pane.ts';
import { addinWords } from './words.ts';

/** The add-in at work, or why it can't work here. */
export type Start =
  | ({ readonly kind: 'started' } & Started)
  | {
      readonly kind: 'refused';
      readonly language: Language;
      readonly title: string;
      readonly text: readonly string[];
    };

export interface Started extends CommandContext {
  readonly language: Language;
  readonly follower: Follower;
  readonly pane: LazyPane;
}

/** Waits for Office and opens a session over the workbook. The pane, in `element`, is not loaded yet. */
export async function startAddin(element: HTMLElement): Promise<Start> {
  const { host } = await Office.onReady();
  const language = languageOf(Office.context?.displayLanguage ?? navigator.language);
  document.documentElement.lang = language;
  const words = addinWords(language);
  if (host !== Office.HostType.Excel)
    return {
      kind: 'refused',
      language,
      title: words.outsideTitle,
      text: [words.outside, words.workbench],
    };
  const missing = missingRequirements();
  if (missing.length > 0)
    return { kind: 'refused', language, title: words.oldTitle, text: [words.old(missing)] };

  const session = createSession(excelBook(), workerHandle(startWorker), { today: dayOf(new Date()) });
  const look = (): Office.OfficeTheme | undefined => Office.context.officeTheme;
  const pane = lazyPane(element, loadPane, {
    session,
    language,
    theme: themeOf(look()),
    onTheme: watchTheme(look, window),
    // Undefined on Windows, whatever the types say.
    ...(Office.context.partitionKey === undefined ? {} : { partition: Office.context.partitionKey }),
  });

  async function loadPane(): ReturnType<Parameters<typeof lazyPane>[1]> {
    element.textContent = words.loading;
    try {
      const { mountPane } = await import(/* webpackChunkName: "pane" */ '../taskpane/index.tsx');
      element.replaceChildren();
      return mountPane;
    } catch (error) {
      showNotice(element, words.crashTitle, [words.crash(String(error))]);
      throw error;
    }
  }

  return {
    kind: 'started',
    language,
    session,
    follower: createFollower(session, language),
    pane,
    async show(to) {
      pane.go(to);
      await Office.addin.showAsTaskpane();
      await pane.mount();
    },
  };
}
