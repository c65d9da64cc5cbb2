import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApi } from '../../src/serve/openapi.ts';
import { OPERATIONS } from '../../src/serve/operations.ts';
import { isTaken } from './document.ts';

const document = JSON.parse(JSON.stringify(openApi()));

describe('the OpenAPI document', () => {
  it('is one of OpenAPI 3.1, in which every reference leads somewhere', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
    const all = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map(([, at = '']) => at);
    expect(all.length).toBeGreaterThan(30);
    const lost = all.filter((at) => {
      const found = at
        .split('/')
        .slice(1)
        .reduce((node, name) => node?.[name], document);
      return found === undefined;
    });
    expect(lost).toEqual([]);
  });

  it('names every schema in some route', () => {
    const text = JSON.stringify(document);
    const unused = Object.keys(document.components.schemas).filter(
      (name) => !text.includes(`"#/components/schemas/${name}"`),
    );
    expect(unused).toEqual([]);
  });

  it.each(OPERATIONS.filter(({ request }) => request !== null))('takes its own example at $path', (one) => {
    expect(isTaken(one.path, one.example)).toBe(true);
    expect(isTaken(one.path, { ...one.example, more: 1 })).toBe(false);
  });

  it('asks for a token everywhere but for the health', () => {
    const open = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods as Record<string, { security?: readonly unknown[] }>).flatMap(({ security }) =>
        security === undefined ? [] : [path],
      ),
    );
    expect(open).toEqual(['/v1/health']);
    expect(document.security).toEqual([{ token: [] }]);
  });
});
