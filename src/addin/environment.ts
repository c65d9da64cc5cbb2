import type { Language } from '../problems/messages/index.ts';
import type { Theme } from '../taskpane/host.ts';

/** The interface's language: Chinese where Office speaks any Chinese, else English. */
export function languageOf(locale: string | undefined): Language {
  return /^zh\b/i.test(locale ?? '') ? 'zh-CN' : 'en';
}

/** The day that this computer's clock shows, as whole milliseconds since 1970-01-01. */
export function dayOf(now: Date): number {
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
}

/** What Office tells of its look; old versions tell nothing, or colours only. */
export interface OfficeLook {
  readonly isDarkTheme?: boolean;
  /** `#212121` */
  readonly bodyBackgroundColor?: string;
}

/** Office's theme; the computer's setting where Office does not say. */
export function themeOf(look: OfficeLook | undefined): Theme {
  if (look?.isDarkTheme !== undefined) return look.isDarkTheme ? 'dark' : 'light';
  const [, red, green, blue] =
    /^#?([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(look?.bodyBackgroundColor ?? '') ?? [];
  if (red === undefined || green === undefined || blue === undefined) return 'system';
  const light = 0.299 * parseInt(red, 16) + 0.587 * parseInt(green, 16) + 0.114 * parseInt(blue, 16);
  return light < 128 ? 'dark' : 'light';
}

/**
 * Tells listeners of another theme. Excel has no event for it: it is looked at again when the pane gets the focus or is
 * shown.
 */
export function watchTheme(
  look: () => OfficeLook | undefined,
  page: Window,
): (listener: (theme: Theme) => void) => () => void {
  return (listener) => {
    let last = themeOf(look());
    const again = (): void => {
      const now = themeOf(look());
      if (now === last) return;
      last = now;
      listener(now);
    };
    page.addEventListener('focus', again);
    page.document.addEventListener('visibilitychange', again);
    return () => {
      page.removeEventListener('focus', again);
      page.document.removeEventListener('visibilitychange', again);
    };
  };
}
