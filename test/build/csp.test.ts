import { describe, expect, test } from 'vitest';
import { developmentHeaders, PAGE_KINDS, policy, policyHeader } from '../../webpack/csp.mjs';

/** Directives with their sources. */
function parse(text: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    text.split(';').map((part) => {
      const [name = '', ...sources] = part.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

const MICROSOFT = ['https://appsforoffice.microsoft.com', 'https://ajax.aspnetcdn.com'];

describe('content security policy', () => {
  test.each(PAGE_KINDS)('%s: nothing but what is named, and no code from text or markup', (kind) => {
    const directives = parse(policy(kind));
    expect(directives['default-src']).toEqual(["'none'"]);
    expect(directives['base-uri']).toEqual(["'none'"]);
    expect(directives['object-src']).toEqual(["'none'"]);
    expect(directives['form-action']).toEqual(["'none'"]);
    expect(policy(kind)).not.toMatch(/unsafe-eval|\*|http:|blob:.*script|strict-dynamic/);
    expect(directives['script-src'] ?? []).not.toContain("'unsafe-inline'");
    expect(directives['connect-src'] ?? ["'self'"]).toEqual(["'self'"]);
    expect(policy(kind)).not.toContain('"');
  });

  test('the add-in takes Office.js from Microsoft, and nothing else from anybody else', () => {
    const { 'script-src': scripts, ...others } = parse(policy('addin'));
    expect(scripts).toEqual(["'self'", ...MICROSOFT]);
    expect(Object.values(others).flat().join(' ')).not.toContain('https:');
    expect(others['style-src']).toEqual(["'self'", "'unsafe-inline'"]);
    expect(others['worker-src']).toEqual(["'self'"]);
    expect(others['img-src']).toEqual(["'self'", 'data:']);
  });

  test('the workbench takes nothing from anybody else', () => {
    expect(policy('workbench')).not.toContain('https:');
    expect(parse(policy('workbench'))['script-src']).toEqual(["'self'"]);
    expect(parse(policy('workbench'))['worker-src']).toEqual(["'self'"]);
  });

  test('pages to read have no scripts at all', () => {
    expect(parse(policy('text'))['script-src']).toBeUndefined();
    expect(policy('text')).not.toContain('unsafe');
  });

  test('as a header: only Excel may frame the add-in', () => {
    expect(policyHeader('addin')).toBe(policy('addin'));
    for (const kind of ['workbench', 'text'] as const)
      expect(parse(policyHeader(kind))).toEqual({ ...parse(policy(kind)), 'frame-ancestors': ["'none'"] });
  });

  test('while developing, Excel’s own pages may read the functions’ metadata and nothing else', () => {
    const open = (url: string) =>
      developmentHeaders(url).some(
        ({ key, value }) => key === 'Access-Control-Allow-Origin' && value === '*',
      );
    expect(['/functions.json', '/functions.zh-CN.json', '/functions.json?v=1'].map(open)).toEqual([
      true,
      true,
      true,
    ]);
    expect(
      ['/taskpane.html', '/start.js', '/x/functions.json.js', '/help.html?/functions.json'].map(open),
    ).toEqual([false, false, false, false]);
    expect(developmentHeaders('/taskpane.html')).toContainEqual({
      key: 'Content-Security-Policy',
      value: policyHeader('addin'),
    });
  });
});
