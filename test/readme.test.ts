import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture } from '../samples/picture.ts';
import { allot, buildBundle } from './cli/bundle.ts';

const root = path.resolve(import.meta.dirname, '..');
const FENCE = /^```(console|allot) ?(?:file=(\S+))?\n([\s\S]*?)^```$/gm;

type Step =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'run'; readonly args: readonly string[]; readonly says: readonly string[] };

/** The tutorial as steps: files that the reader is asked to write, and commands with what they print. */
function steps(readme: string): readonly Step[] {
  return [...readme.matchAll(FENCE)].flatMap(([, language, file, body = '']): Step[] => {
    if (language === 'allot') return file === undefined ? [] : [{ kind: 'file', path: file, text: body }];
    return body
      .split(/^\$ /m)
      .filter((part) => part !== '')
      .map((part): Step => {
        const [command = '', ...says] = part.trimEnd().split('\n');
        const [npx, allot, ...args] = command.split(' ');
        expect([npx, allot]).toEqual(['npx', 'allot']);
        return { kind: 'run', args, says };
      });
  });
}

/** Whether lines are what the README shows; a line `…` there stands for any lines. */
function shows(wanted: readonly string[], printed: readonly string[]): boolean {
  const [first, ...rest] = wanted;
  if (first === undefined) return printed.length === 0;
  if (first !== '…') return printed[0] === first && shows(rest, printed.slice(1));
  return printed.some((_, i) => shows(rest, printed.slice(i))) || rest.length === 0;
}

describe('the README', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  let folder = '';

  beforeAll(async () => {
    await buildBundle();
    folder = mkdtempSync(path.join(tmpdir(), 'allot-readme-'));
    mkdirSync(path.join(folder, 'out'));
    mkdirSync(path.join(folder, 'samples'));
    for (const sample of ['small.xlsx', 'broadcast.xlsx'])
      cpSync(path.join(root, 'samples', sample), path.join(folder, 'samples', sample));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has a tutorial that goes as it says', () => {
    const tutorial = steps(readme);
    expect(tutorial.length).toBeGreaterThan(6);
    for (const step of tutorial) {
      if (step.kind === 'file') {
        writeFileSync(path.join(folder, step.path), step.text);
        continue;
      }
      const { out, err } = allot(step.args, {}, folder);
      const printed = `${out}${err}`.trimEnd().split('\n');
      if (!shows(step.says, printed)) expect(printed, step.args.join(' ')).toEqual(step.says);
    }
    // Two months of a company of 5,000 are compared in it.
  }, 400_000);

  it('leads only to files that are there', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(path.join(root, link)))).toEqual([]);
  });

  it('has a picture of the sample as it is', async () => {
    expect(readFileSync(path.join(root, 'samples/pictures/rules.svg'), 'utf8')).toBe(await picture());
  });
});
