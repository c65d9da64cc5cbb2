import { afterEach, describe, expect, test, vi } from 'vitest';
import { dayOf, languageOf, type OfficeLook, themeOf, watchTheme } from '../../src/addin/environment.ts';
import { lazyPane } from '../../src/addin/pane.ts';
import { addinWords } from '../../src/addin/words.ts';
import type { PaneHost } from '../../src/taskpane/host.ts';
import type { Route } from '../../src/taskpane/page.ts';

test('Office’s display language', () => {
  expect(['zh-CN', 'zh-TW', 'ZH', 'zh-Hans-CN'].map(languageOf)).toEqual(Array(4).fill('zh-CN'));
  expect(['en-US', 'de-DE', 'zha', '', undefined].map(languageOf)).toEqual(Array(5).fill('en'));
});

describe('today', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  test('is the day of the clock on the wall, wherever that hangs', () => {
    // Half an hour past midnight in Shanghai it is still the day before in London; in the evening in New York the next day.
    process.env.TZ = 'Asia/Shanghai';
    expect(dayOf(new Date('2026-03-31T16:30:00Z'))).toBe(Date.UTC(2026, 3, 1));
    process.env.TZ = 'America/New_York';
    expect(dayOf(new Date('2026-04-01T01:30:00Z'))).toBe(Date.UTC(2026, 2, 31));
  });
});

describe('Office’s theme', () => {
  test('as Office says, by its colours where it is old, else the system’s', () => {
    expect(themeOf({ isDarkTheme: true, bodyBackgroundColor: '#ffffff' })).toBe('dark');
    expect(themeOf({ isDarkTheme: false })).toBe('light');
    expect(themeOf({ bodyBackgroundColor: '#212121' })).toBe('dark');
    expect(themeOf({ bodyBackgroundColor: 'F5F5F5' })).toBe('light');
    // Blue is dark, yellow light, whatever their sums.
    expect(themeOf({ bodyBackgroundColor: '#0000ff' })).toBe('dark');
    expect(themeOf({ bodyBackgroundColor: '#ffff00' })).toBe('light');
    expect(themeOf({ bodyBackgroundColor: 'white' })).toBe('system');
    expect(themeOf({})).toBe('system');
    expect(themeOf(undefined)).toBe('system');
  });

  test('is looked at again when the pane gets the focus', () => {
    const page = Object.assign(new EventTarget(), { document: new EventTarget() });
    let look: OfficeLook = { isDarkTheme: false };
    const heard: string[] = [];
    const stop = watchTheme(() => look, page as unknown as Window)((theme) => heard.push(theme));
    page.dispatchEvent(new Event('focus'));
    expect(heard).toEqual([]);
    look = { isDarkTheme: true };
    page.document.dispatchEvent(new Event('visibilitychange'));
    page.dispatchEvent(new Event('focus'));
    expect(heard).toEqual(['dark']);
    stop();
    look = { isDarkTheme: false };
    page.dispatchEvent(new Event('focus'));
    expect(heard).toEqual(['dark']);
  });
});

describe('a pane that is loaded when it is wanted', () => {
  const element = {} as HTMLElement;
  const rest = { language: 'en', theme: 'light' } as Omit<PaneHost, 'route' | 'onRoute'>;

  test('is loaded once, and begins where it was sent', async () => {
    const mount = vi.fn((_: HTMLElement, __: PaneHost) => () => {});
    const load = vi.fn(async () => mount);
    const pane = lazyPane(element, load, rest);
    expect(load).not.toHaveBeenCalled();
    pane.go({ page: 'explain' });
    await Promise.all([pane.mount(), pane.mount()]);
    expect(load).toHaveBeenCalledTimes(1);
    expect(mount).toHaveBeenCalledTimes(1);
    expect(mount.mock.calls[0]?.[1]).toMatchObject({ language: 'en', route: { page: 'explain' } });
  });

  test('follows routes afterwards, until it is taken away', async () => {
    let host: PaneHost | null = null;
    const pane = lazyPane(
      element,
      async () => (_, given) => {
        host = given;
        return () => {};
      },
      rest,
    );
    await pane.mount();
    const given = host as PaneHost | null;
    expect(given !== null && 'route' in given).toBe(false);
    const heard: Route[] = [];
    const stop = given?.onRoute?.((to) => heard.push(to));
    pane.go({ page: 'run' });
    stop?.();
    pane.go({ page: 'rules' });
    expect(heard).toEqual([{ page: 'run' }]);
  });

  test('is tried again where it could not be loaded', async () => {
    const load = vi
      .fn<() => Promise<() => () => void>>()
      .mockRejectedValueOnce(new Error('offline'))
      .mockResolvedValueOnce(() => () => {});
    const pane = lazyPane(element, load, rest);
    await expect(pane.mount()).rejects.toThrow('offline');
    await pane.mount();
    expect(load).toHaveBeenCalledTimes(2);
  });
});

test('an old Excel is told what it lacks, in both languages', () => {
  expect(addinWords('en').old(['ExcelApi 1.13', 'SharedRuntime 1.1'])).toContain(
    'ExcelApi 1.13, SharedRuntime 1.1',
  );
  expect(addinWords('zh-CN').old(['ExcelApi 1.13'])).toContain('ExcelApi 1.13');
});
