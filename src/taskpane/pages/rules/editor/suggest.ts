import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  pickedCompletion,
  startCompletion,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Language } from '../../../../problems/messages/index.ts';
import { completionsAt, type Option } from '../complete.ts';
import { rulesWords } from '../words.ts';
import type { EditorHooks } from './contract.ts';

/** Completion from what the calculator says there is; `vocabulary` gives the last answer, or waits for the first. */
export function suggestions({ vocabulary, language, help }: EditorHooks): Extension {
  async function source(context: CompletionContext): Promise<CompletionResult | null> {
    const known = await vocabulary();
    if (known === null || context.aborted) return null;
    const { doc } = context.state;
    const line = doc.lineAt(context.pos);
    const found = completionsAt({
      lines: doc.toString().split('\n'),
      line: line.number - 1,
      column: context.pos - line.from,
      vocabulary: known,
      language,
      help,
      explicit: context.explicit,
    });
    if (found === null) return null;
    return {
      from: line.from + found.from,
      options: found.options.map((option) => completionOf(option, language)),
      // What was typed finds a word by its twin in the other language too.
      filter: false,
    };
  }
  return autocompletion({
    override: [source],
    icons: false,
    maxRenderedOptions: 60,
    // The pane is too narrow for help beside the list.
    positionInfo: (_view, list, _option, info, space) => {
      const below = list.bottom + info.bottom - info.top <= space.bottom;
      const at = below ? `top: ${list.bottom - list.top}px` : `bottom: ${list.bottom - list.top}px`;
      return { style: `${at}; left: 0; max-width: ${Math.floor(space.right - list.left)}px` };
    },
  });
}

function completionOf(option: Option, language: Language): Completion {
  const { help } = option;
  return {
    label: option.label,
    detail:
      option.detail === '' || option.kind === 'function'
        ? rulesWords(language).option[option.kind]
        : option.detail,
    type: option.kind,
    apply: (view, completion, from, to) => put(view, completion, from, to, option.apply),
    ...(help === null ? {} : { info: () => infoOf(option, help.text, help.example) }),
  };
}

function put(view: EditorView, completion: Completion, from: number, to: number, text: string): void {
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length },
    annotations: pickedCompletion.of(completion),
    userEvent: 'input.complete',
    scrollIntoView: true,
  });
  // `Table[` asks for a column.
  if (text.endsWith('[')) startCompletion(view);
}

function infoOf({ detail, kind }: Option, text: string, example: string): Node {
  const dom = document.createElement('div');
  dom.className = 'cm-help';
  const add = (tag: string, content: string): void => {
    const part = document.createElement(tag);
    part.textContent = content;
    dom.append(part);
  };
  if (kind === 'function') add('code', detail);
  add('div', text);
  add('code', example);
  return dom;
}
