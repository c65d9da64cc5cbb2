import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/commands.ts';
import { NAMESPACE } from '../../src/functions/shapes.ts';
import { REQUIREMENT_SETS } from '../../src/workbook/excel/office.ts';
import { DEVELOPMENT_HOST, hostFrom, manifestFor } from '../../webpack/manifest.mjs';
import { buildOnce, ROOT } from '../support/builds.ts';
import { CHILDREN, RESOURCE_OF } from './schema.ts';
import { all, at, type Element, parseXml } from './xml.ts';

const xml = readFileSync(path.join(ROOT, 'manifest.xml'), 'utf8');
const manifest = parseXml(xml);
const elements = all(manifest);
const overrides = at(manifest, 'VersionOverrides');
const host = at(overrides, 'Hosts', 'Host');
const resources = at(overrides, 'Resources');

const named = (name: string): readonly Element[] => elements.filter((element) => element.name === name);
const values = (name: string, attribute: string): readonly string[] =>
  named(name).map(({ attributes }) => attributes[attribute] ?? '');

/** Where a path of a manifest's URL is served from. */
const fileOf = (url: string): string => url.slice(DEVELOPMENT_HOST.length + 1);

/** Every address in the manifest, of either language. */
const urls = elements
  .flatMap(({ attributes }) => [attributes.DefaultValue ?? '', attributes.Value ?? ''])
  .filter((value) => /^\w+:/.test(value));

describe('what the schemas ask for', () => {
  test('every element has the children that it may have, in order', () => {
    const wrong = (element: Element, parent: string): readonly string[] => {
      const rule = CHILDREN[`${parent}/${element.name}`] ?? CHILDREN[element.name] ?? [];
      const order = rule.map((name) => name.replace('!', ''));
      const found = element.children.map(({ name }) => name);
      const places = found.map((name) => order.indexOf(name));
      const here = `${parent}/${element.name}: ${found.join(' ')}`;
      return [
        ...(places.includes(-1) || places.some((place, i) => place < (places[i - 1] ?? 0)) ? [here] : []),
        ...rule
          .filter((name) => name.endsWith('!') && !found.includes(name.slice(0, -1)))
          .map((name) => `${here}, without ${name}`),
        ...element.children.flatMap((child) => wrong(child, element.name)),
      ];
    };
    expect(manifest.name).toBe('OfficeApp');
    expect(wrong(manifest, '')).toEqual([]);
  });

  test('the newest released schemas', () => {
    expect(manifest.attributes).toMatchObject({
      xmlns: 'http://schemas.microsoft.com/office/appforoffice/1.1',
      'xsi:type': 'TaskPaneApp',
    });
    expect(overrides.attributes).toMatchObject({
      xmlns: 'http://schemas.microsoft.com/office/taskpaneappversionoverrides',
      'xsi:type': 'VersionOverridesV1_0',
    });
  });

  test('an id, and the version of package.json', () => {
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    expect(at(manifest, 'Id').text).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(at(manifest, 'Version').text).toBe(`${version}.0`);
  });

  test('ids of resources are short, stand once, and are all used where they belong', () => {
    const listed = resources.children.flatMap((list) =>
      list.children.map(({ attributes }) => `${list.name} ${attributes.id}`),
    );
    const used = elements.flatMap(({ name, attributes }) =>
      attributes.resid === undefined ? [] : [`${RESOURCE_OF[name]} ${attributes.resid}`],
    );
    expect(new Set(listed).size).toBe(listed.length);
    expect([...new Set(used)].sort()).toEqual([...listed].sort());
    for (const text of listed) expect((text.split(' ')[1] ?? '').length).toBeLessThanOrEqual(32);
  });

  test('strings within their limits', () => {
    const texts = (list: string): readonly string[] =>
      at(resources, list).children.flatMap(({ attributes, children }) => [
        attributes.DefaultValue ?? '',
        ...children.map((child) => child.attributes.Value ?? ''),
      ]);
    for (const text of texts('bt:ShortStrings')) expect(text).toMatch(/^.{1,125}$/);
    for (const text of texts('bt:LongStrings')) expect(text).toMatch(/^.{1,250}$/);
    for (const text of ['DisplayName', 'Description'].map((name) => at(manifest, name)))
      for (const { attributes } of all(text))
        expect(attributes.DefaultValue ?? attributes.Value).toMatch(
          text.name === 'DisplayName' ? /^.{1,125}$/ : /^.{1,250}$/,
        );
  });
});

describe('what the add-in needs', () => {
  test('its requirement sets are those of the adapter, in both places', () => {
    const asked = (name: string): readonly (readonly [string, string])[] =>
      named(name).map(({ attributes }) => [attributes.Name ?? '', attributes.MinVersion ?? ''] as const);
    const needed = REQUIREMENT_SETS.map(({ name, version }) => [name, version] as const);
    expect([...asked('Set')].sort()).toEqual([...needed].sort());
    expect([...asked('bt:Set')].sort()).toEqual([...needed].sort());
  });

  test('workbooks only, to read and write them, without other domains', () => {
    expect(at(manifest, 'Hosts', 'Host').attributes.Name).toBe('Workbook');
    expect(host.attributes['xsi:type']).toBe('Workbook');
    expect(at(manifest, 'Permissions').text).toBe('ReadWriteDocument');
    expect(named('AppDomain')).toEqual([]);
  });

  test('one runtime for the pane, the functions and the commands', () => {
    const runtime = at(host, 'Runtimes', 'Runtime');
    expect(runtime.attributes.lifetime).toBe('long');
    const resid = runtime.attributes.resid;
    const functions = at(host, 'AllFormFactors', 'ExtensionPoint');
    expect(functions.attributes['xsi:type']).toBe('CustomFunctions');
    expect([
      at(functions, 'Script', 'SourceLocation').attributes.resid,
      at(functions, 'Page', 'SourceLocation').attributes.resid,
      at(host, 'DesktopFormFactor', 'FunctionFile').attributes.resid,
      ...named('Action').flatMap((action) =>
        action.children.filter(({ name }) => name === 'SourceLocation').map((it) => it.attributes.resid),
      ),
    ]).toEqual([resid, resid, resid, resid]);
    const page = at(resources, 'bt:Urls').children.find(({ attributes }) => attributes.id === resid);
    expect(page?.attributes.DefaultValue).toBe(
      at(manifest, 'DefaultSettings', 'SourceLocation').attributes.DefaultValue,
    );
  });

  test('the functions’ namespace, the same in every language', () => {
    const resid = named('Namespace')[0]?.attributes.resid;
    const text = named('bt:String').find(({ attributes }) => attributes.id === resid);
    expect(text?.attributes.DefaultValue).toBe(NAMESPACE);
    expect(text?.children.map(({ attributes }) => attributes.Value)).toEqual([NAMESPACE]);
  });

  test('a tab with Open pane, Check rules, Run and Explain selection', () => {
    const label = (resid: string | undefined): string | undefined =>
      named('bt:String').find(({ attributes }) => attributes.id === resid)?.attributes.DefaultValue;
    const controls = named('Control');
    expect(label(at(named('CustomTab')[0] ?? manifest, 'Label').attributes.resid)).toBe('Allot');
    expect(controls.map((control) => label(at(control, 'Label').attributes.resid))).toEqual([
      'Open pane',
      'Check rules',
      'Run',
      'Explain selection',
    ]);
    expect(named('FunctionName').map(({ text }) => text)).toEqual([...COMMANDS]);
    const ids = [...named('CustomTab'), ...named('Group'), ...controls].map(
      ({ attributes }) => attributes.id,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('languages', () => {
  test('every text has its Chinese, and nothing else but the shared page is without', () => {
    expect(at(manifest, 'DefaultLocale').text).toBe('en-US');
    expect([...new Set([...values('Override', 'Locale'), ...values('bt:Override', 'Locale')])]).toEqual([
      'zh-CN',
    ]);
    const single = [
      ...named('bt:String'),
      ...named('bt:Url'),
      at(manifest, 'DisplayName'),
      at(manifest, 'Description'),
      at(manifest, 'SupportUrl'),
    ].filter(({ children }) => children.length !== 1);
    expect(single.map(({ attributes }) => attributes.id)).toEqual(['Taskpane.Url']);
  });

  test('the default texts are English and the others Chinese', () => {
    const kept = ['ALLOT', 'Allot'];
    for (const { attributes, children } of [...named('bt:String'), at(manifest, 'Description')]) {
      expect(attributes.DefaultValue).not.toMatch(/\p{Script=Han}/u);
      const chinese = children[0]?.attributes.Value ?? '';
      if (!kept.includes(chinese)) expect(chinese).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('addresses', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await buildOnce('addin');
  });

  test('are https, on one host, and files of the build', () => {
    expect(urls.length).toBeGreaterThan(40);
    for (const url of urls) {
      expect(url.startsWith(`${DEVELOPMENT_HOST}/`), url).toBe(true);
      expect(existsSync(path.join(folder, fileOf(url))), url).toBe(true);
    }
  });

  test('of icons lead to transparent PNGs of their size', () => {
    const png = (url: string): { width: number; height: number; colours: number } => {
      const bytes = readFileSync(path.join(folder, fileOf(url)));
      expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), colours: bytes[25] ?? 0 };
    };
    const square = (size: number) => ({ width: size, height: size, colours: 6 });
    expect(png(at(manifest, 'IconUrl').attributes.DefaultValue ?? '')).toEqual(square(32));
    expect(png(at(manifest, 'HighResolutionIconUrl').attributes.DefaultValue ?? '')).toEqual(square(64));
    const urlOf = new Map(
      at(resources, 'bt:Images').children.map(({ attributes }) => [attributes.id, attributes.DefaultValue]),
    );
    for (const icon of named('Icon')) {
      expect(icon.children.map(({ attributes }) => Number(attributes.size))).toEqual([
        16, 20, 24, 32, 40, 48, 64, 80,
      ]);
      for (const { attributes } of icon.children)
        expect(png(urlOf.get(attributes.resid) ?? '')).toEqual(square(Number(attributes.size)));
    }
  });

  test('of the functions’ metadata: both languages alike, each function with its help', () => {
    const [english, chinese] = ['functions.json', 'functions.zh-CN.json'].map((file) =>
      JSON.parse(readFileSync(path.join(folder, file), 'utf8')),
    );
    const shape = ({ functions }: { functions: readonly MetadataFunction[] }) =>
      functions.map(({ id, name, parameters, result, options }) => ({
        id,
        name,
        parameters: parameters.map(({ name, dimensionality, optional }) => [name, dimensionality, optional]),
        result,
        options,
      }));
    expect(shape(english)).toEqual(shape(chinese));
    for (const { functions } of [english, chinese])
      for (const { helpUrl, description } of functions as readonly MetadataFunction[]) {
        const [file = '', anchor = ''] = fileOf(helpUrl).split('#');
        expect(helpUrl.startsWith(`${DEVELOPMENT_HOST}/help`)).toBe(true);
        expect(readFileSync(path.join(folder, file), 'utf8')).toMatch(new RegExp(`id="?${anchor}[" >]`));
        expect(description).not.toBe('');
      }
  });

  test('move to the production host together', () => {
    const moved = manifestFor(xml, hostFrom('https://pay.example.com/allot/'));
    expect(moved).not.toContain('localhost');
    expect(moved).toContain('"https://pay.example.com/allot/taskpane.html"');
    expect(all(parseXml(moved)).length).toBe(elements.length);
    expect(hostFrom(undefined)).toBe(DEVELOPMENT_HOST);
    for (const wrong of ['pay.example.com', 'http://pay.example.com', 'https://a.example/?x=1'])
      expect(() => hostFrom(wrong)).toThrow('https');
  });
});

interface MetadataFunction {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly helpUrl: string;
  readonly parameters: readonly { name: string; dimensionality: string; optional?: boolean }[];
  readonly result: unknown;
  readonly options?: unknown;
}
