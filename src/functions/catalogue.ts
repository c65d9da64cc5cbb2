import type { Language } from '../problems/messages/index.ts';
import { EN } from './catalogue/en.ts';
import type { FunctionTexts } from './catalogue/texts.ts';
import { ZH_CN } from './catalogue/zh-CN.ts';
import { FUNCTION_IDS, type FunctionId, NAMESPACE, type ParameterShape, SHAPES } from './shapes.ts';

/** A function with its words in one language. */
export interface FunctionEntry {
  readonly id: FunctionId;
  readonly description: string;
  readonly parameters: readonly (ParameterShape & { readonly description: string })[];
  readonly result: 'scalar' | 'matrix';
  readonly streaming: boolean;
  /** Where it stands on the help page. */
  readonly anchor: string;
  /** `=ALLOT.STEPS(x, size)`, those that may be left out in brackets. */
  readonly usage: string;
  readonly example: string;
  readonly notes: readonly string[];
}

/** All functions in the order in which people are shown them. */
export function catalogue(language: Language): readonly FunctionEntry[] {
  const { functions } = TEXTS[language];
  return FUNCTION_IDS.map((id): FunctionEntry => {
    const { parameters, result, streaming } = SHAPES[id];
    const { description, example, notes } = functions[id];
    const described: Readonly<Record<string, string>> = functions[id].parameters;
    return {
      id,
      description,
      parameters: parameters.map((shape) => ({ ...shape, description: described[shape.name] ?? '' })),
      result,
      streaming,
      anchor: id.toLowerCase(),
      usage: `=${NAMESPACE}.${id}(${parameters.map(({ name, optional }) => (optional ? `[${name}]` : name)).join(', ')})`,
      example,
      notes,
    };
  });
}

const TEXTS: Readonly<Record<Language, FunctionTexts>> = { en: EN, 'zh-CN': ZH_CN };

/** The JSON that Excel reads of an add-in's functions. */
export interface FunctionsMetadata {
  readonly functions: readonly {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly helpUrl: string;
    readonly parameters: readonly {
      readonly name: string;
      readonly description: string;
      readonly type: 'any';
      readonly dimensionality: 'scalar' | 'matrix';
      readonly optional?: true;
    }[];
    readonly result: { readonly type: 'any'; readonly dimensionality: 'scalar' | 'matrix' };
    readonly options?: { readonly stream: true };
  }[];
}

/**
 * The metadata in a language; both languages have the same ids and shapes. Every type is `any`: a wrong argument is
 * ours to explain. `helpBase` is the address of the help page in that language, without an anchor.
 */
export function metadata(language: Language, helpBase: string): FunctionsMetadata {
  return {
    functions: catalogue(language).map(({ id, description, anchor, parameters, result, streaming }) => ({
      id,
      name: id,
      description,
      helpUrl: `${helpBase}#${anchor}`,
      parameters: parameters.map(({ name, description: said, dimension, optional }) => ({
        name,
        description: said,
        type: 'any' as const,
        dimensionality: dimension,
        ...(optional ? { optional: true as const } : {}),
      })),
      result: { type: 'any', dimensionality: result },
      // Excel tells a streaming function that it is cancelled as it is: it may not be `cancelable` too.
      ...(streaming ? { options: { stream: true as const } } : {}),
    })),
  };
}

/** The files of the metadata by language, beside the add-in's pages. */
export const METADATA_FILES: Readonly<Record<Language, string>> = {
  en: 'functions.json',
  'zh-CN': 'functions.zh-CN.json',
};

/** The metadata as the text of its file. */
export function metadataText(language: Language, helpBase: string): string {
  return `${JSON.stringify(metadata(language, helpBase), null, 2)}\n`;
}

/** The functions as a table of Markdown. */
export function functionsTable(language: Language): string {
  const { headings } = TEXTS[language];
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const rows = catalogue(language).map(
    ({ usage, description }) => `| \`${cell(usage)}\` | ${cell(description)} |`,
  );
  return [`| ${headings.function} | ${headings.gives} |`, '|---|---|', ...rows, ''].join('\n');
}
