import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasToken, namesThisMachine, newToken, tokenOf } from '../../src/serve/access.ts';
import { isLoopback } from '../../src/sources/fetch/address.ts';

const characters = fc.constantFrom(...'abcXYZ019-._~+/');
const tokens = fc.string({ unit: characters, minLength: 16, maxLength: 60 });

describe('a token', () => {
  it('is had by exactly itself', () => {
    fc.assert(
      fc.property(tokens, tokens, (one, other) => {
        expect(tokenOf(` ${one}\r\n`)).toBe(one);
        expect(hasToken(`Bearer ${one}`, one)).toBe(true);
        expect(hasToken(`bearer  ${one}`, one)).toBe(true);
        expect(hasToken(`Bearer ${other}`, one)).toBe(one === other);
        expect(hasToken(one, one)).toBe(false);
        expect(hasToken(undefined, one)).toBe(false);
      }),
    );
  });

  it.each(['', 'short', 'two words of it, long', 'sixteen-ch\u00e4racters', 'a\nb'.repeat(10)])(
    'is not %j',
    (text) => {
      expect(tokenOf(text)).toBeNull();
    },
  );

  it('that is made is one, and another one each time', () => {
    const made = Array.from({ length: 100 }, newToken);
    expect(made.map(tokenOf)).toEqual(made);
    expect(new Set(made).size).toBe(100);
  });
});

describe('this machine', () => {
  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('is all that reaches %s', (host) => {
    expect(isLoopback(host)).toBe(true);
    expect(namesThisMachine(host.includes(':') ? `[${host}]:4180` : `${host}:4180`)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '::',
    '192.0.2.1',
    'example.com',
    '127.example.com',
    '127.0.0.1.example.com',
    '1270.0.0.1',
  ])('is not all that reaches %s', (host) => {
    expect(isLoopback(host)).toBe(false);
    expect(namesThisMachine(host.includes(':') ? `[${host}]:4180` : `${host}:4180`)).toBe(false);
  });

  it.each([undefined, '', ':4180', 'localhost:', 'localhost:x', 'localhost@evil.example', '::1', 'a:b:c'])(
    'is not named by %j',
    (header) => {
      expect(namesThisMachine(header)).toBe(false);
    },
  );
});
