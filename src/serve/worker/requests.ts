import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { Language } from '../../problems/messages/index.ts';
import { SCHEMAS } from '../schemas.ts';
import { texts } from '../texts.ts';

export type InlineCell =
  | null
  | boolean
  | number
  | string
  | { readonly number: string }
  | { readonly date: string };

export interface InlineTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly InlineCell[])[];
}

/** What is computed. */
export type Subject =
  | { readonly book: string }
  | {
      readonly rules: string;
      readonly tables?: readonly InlineTable[];
      readonly names?: Readonly<Record<string, InlineCell>>;
    };

export type EvaluateRequest = Subject & { readonly asOf: string; readonly statements?: readonly string[] };
export type ExplainRequest = Subject & {
  readonly asOf: string;
  readonly name: string;
  readonly key?: string;
};
export interface VerifyRequest {
  readonly book: string;
  readonly anchors?: readonly string[];
  readonly keys?: readonly string[];
}

/** The body of a request, or why it is none. */
export type Read<R> =
  | { readonly kind: 'request'; readonly request: R }
  | { readonly kind: 'refused'; readonly code: 'bad-json' | 'bad-request'; readonly more: Wrong };

/** What is wrong with a body: a sentence, and a JSON pointer to the part. */
export interface Wrong {
  readonly detail: string;
  readonly pointer?: string;
}

/** Reads bodies, against the very schemas that the document shows. */
export interface RequestReader {
  evaluate(body: Uint8Array, language: Language): Read<EvaluateRequest>;
  explain(body: Uint8Array, language: Language): Read<ExplainRequest>;
  verify(body: Uint8Array, language: Language): Read<VerifyRequest>;
}

export function requestReader(): RequestReader {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'allot', components: { schemas: SCHEMAS } });

  function reading<R>(schema: string): (body: Uint8Array, language: Language) => Read<R> {
    const fits = ajv.compile<R>({ $ref: `allot#/components/schemas/${schema}` });
    return (body, language) => {
      const t = texts(language);
      let value: unknown;
      try {
        value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
      } catch {
        return { kind: 'refused', code: 'bad-json', more: { detail: t.badJson } };
      }
      if (fits(value)) return { kind: 'request', request: value };
      return { kind: 'refused', code: 'bad-request', more: wrong(fits.errors ?? [], language) };
    };
  }

  return {
    evaluate: reading('EvaluateRequest'),
    explain: reading('ExplainRequest'),
    verify: reading('VerifyRequest'),
  };
}

/** Where there were several ways, none of which fits, the last error is that of the whole. */
function wrong(errors: readonly ErrorObject[], language: Language): Wrong {
  const error = errors.at(-1);
  const t = texts(language).body;
  if (error === undefined) return { detail: t.other };
  return { detail: said(error, t), pointer: error.instancePath };
}

function said({ keyword, params, instancePath }: ErrorObject, t: ReturnType<typeof texts>['body']): string {
  const given = (name: string): string => String((params as Readonly<Record<string, unknown>>)[name]);
  switch (keyword) {
    case 'required':
      return t.missing(given('missingProperty'));
    case 'additionalProperties':
      return t.unknown(given('additionalProperty'));
    case 'type':
      return t.type(given('type'));
    case 'minLength':
    case 'minItems':
      return t.empty;
    case 'pattern':
      return instancePath === '/asOf' ? t.day : t.pattern;
    case 'anyOf':
      return t.cell;
    case 'oneOf':
    case 'not':
      return t.either;
    default:
      return t.other;
  }
}
