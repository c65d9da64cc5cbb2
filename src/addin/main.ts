import './page.css';
import { associateCommands } from '../commands/commands.ts';
import { registerFunctions } from '../functions/excel.ts';
import { languageOf } from './environment.ts';
import { showNotice } from './notice.ts';
import { whenSeen } from './pane.ts';
import { type Started, startAddin } from './start.ts';
import { addinWords } from './words.ts';

/**
 * The shared runtime's page. Functions and ribbon buttons are made known at once, so that Excel finds them however long
 * the rest takes; what they need comes when Office is ready. The pane is loaded when it is seen.
 */
const guessed = languageOf(navigator.language);
const root = document.querySelector<HTMLElement>('#allot');

if (root === null) throw new Error('the page has no #allot');
if (typeof Office === 'undefined') {
  const words = addinWords(guessed);
  showNotice(root, words.crashTitle, [words.noOffice, words.outside, words.workbench]);
} else run(root);

function run(element: HTMLElement): void {
  const start = startAddin(element);
  const started: Promise<Started> = start.then((begun) => {
    if (begun.kind === 'refused') throw new Error(begun.title);
    return begun;
  });
  const follower = started.then((begun) => begun.follower);
  // Why not is said on the page, and to whoever waits for it.
  follower.catch(() => {});
  if (typeof CustomFunctions !== 'undefined') {
    // Once: Excel keeps the first association of a function. Which language Office speaks is known when it is first called.
    let language = guessed;
    start.then(
      (begun) => {
        language = begun.language;
      },
      () => {},
    );
    registerFunctions(follower, () => language);
  }
  associateCommands(Office.actions, started, (error) => console.error(error));
  start.then(
    (begun) => {
      if (begun.kind === 'refused') showNotice(element, begun.title, begun.text);
      else showWhenSeen(element, begun);
    },
    (error: unknown) => {
      const words = addinWords(guessed);
      showNotice(element, words.crashTitle, [words.crash(String(error))]);
    },
  );
}

/** A page that Excel runs for the functions only is in nobody's view; Excel also says when the pane is opened. */
function showWhenSeen(element: HTMLElement, { pane }: Started): void {
  const mount = (): void => {
    // Said in its place already.
    pane.mount().catch(() => {});
  };
  whenSeen(element, mount);
  Office.addin
    .onVisibilityModeChanged(({ visibilityMode }) => {
      if (visibilityMode === Office.VisibilityMode.taskpane) mount();
    })
    .catch((error: unknown) => console.error(error));
}
