import { expect, test } from 'vitest';
import { documentOf, escapeHtml } from '../../src/pages/document.ts';

test('text stays text in a page', () => {
  expect(escapeHtml(`<b a="1" c='2'>&`)).toBe('&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;');
  const evil = `<img src=x onerror='alert(1)'>"`;
  const page = documentOf(
    'help',
    evil,
    [
      { kind: 'heading', text: evil, id: evil },
      { kind: 'text', text: evil },
      { kind: 'list', items: [evil] },
      { kind: 'code', text: evil },
      { kind: 'terms', items: [[evil, evil]] },
      { kind: 'links', items: [{ to: evil, text: evil }] },
    ],
    { language: 'en', policy: "default-src 'none'", version: evil, host: 'https://example.test' },
  );
  expect(page).not.toContain('<img src=x');
  expect(page).not.toContain("onerror='");
});
