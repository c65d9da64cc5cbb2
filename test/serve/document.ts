import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import { openApi } from '../../src/serve/openapi.ts';

type Json = { readonly [name: string]: unknown };

const DOCUMENT = JSON.parse(JSON.stringify(openApi()));

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ ...DOCUMENT, $id: 'document' });

export interface GivenAnswer {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  /** Its `Content-Type`. */
  readonly type: string;
  readonly body: unknown;
}

/** Holds an answer to what the document says of its route: status, type and schema. */
export function checkAnswer({ method, route, status, type, body }: GivenAnswer): void {
  const path = new URL(route, 'http://localhost').pathname;
  const operation: Json | undefined = DOCUMENT.paths[path]?.[method.toLowerCase()];
  const at =
    operation === undefined
      ? // What is no operation is answered with a problem all the same.
        '#/components/schemas/Problem'
      : pointer('paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema');
  const what = `${method} ${route} ${status} ${type}`;
  if (operation === undefined) expect(type, what).toBe('application/problem+json');
  const validate = ajv.getSchema(`document${at}`);
  expect(validate, `the document says nothing of ${what}`).toBeDefined();
  if (validate === undefined) return;
  const fits = validate(body);
  expect(fits ? [] : (validate.errors ?? []).slice(0, 5), what).toEqual([]);
  if (type !== 'application/problem+json') return;
  const problem = body as Json;
  expect(problem.status).toBe(status);
  expect(listed(String(problem.type)), String(problem.type)).toMatchObject({ status });
}

/** Whether a body is one that a route takes. */
export function isTaken(path: string, body: unknown): boolean {
  const at = pointer('paths', path, 'post', 'requestBody', 'content', 'application/json', 'schema');
  const validate = ajv.getSchema(`document${at}`);
  if (validate === undefined) throw new Error(`${path} takes no body`);
  return validate(body) === true;
}

/** What a problem's type leads to. */
function listed(type: string): unknown {
  const [file, fragment = ''] = type.split('#');
  expect(file).toBe('/v1/openapi.json');
  return fragment
    .split('/')
    .slice(1)
    .reduce<unknown>((at, name) => (at as Json | undefined)?.[name], DOCUMENT);
}

const pointer = (...names: readonly string[]): string =>
  `#${names.map((name) => `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;
