import { webDarkTheme, webLightTheme } from '@fluentui/tokens';
import { setTheme } from '@fluentui/web-components/theme/set-theme.js';
import type { PaneHost, Theme } from './host.ts';

/** Chinese text gets a Chinese font, and Latin text beside it stays in Fluent's. */
const FONTS =
  "'Segoe UI', 'Segoe UI Web (West European)', -apple-system, BlinkMacSystemFont, Roboto, 'Noto Sans', 'Microsoft YaHei UI', 'PingFang SC', 'Helvetica Neue', sans-serif";
const LIGHT = { ...webLightTheme, fontFamilyBase: FONTS };
const DARK = { ...webDarkTheme, fontFamilyBase: FONTS };

/** Puts Fluent's tokens on the document, and keeps them up with the host's theme until the function it gives is called. */
export function followTheme({ theme, onTheme }: Pick<PaneHost, 'theme' | 'onTheme'>): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  let wanted = theme;
  const apply = (): void => {
    const dark = wanted === 'dark' || (wanted === 'system' && system.matches);
    setTheme(dark ? DARK : LIGHT);
    // For the browser's own controls; pane.css says what it means, and paper stays light.
    document.documentElement.dataset.allotTheme = dark ? 'dark' : 'light';
  };
  const changed = (next: Theme): void => {
    wanted = next;
    apply();
  };
  apply();
  system.addEventListener('change', apply);
  const stop = onTheme?.(changed);
  return () => {
    system.removeEventListener('change', apply);
    stop?.();
  };
}
