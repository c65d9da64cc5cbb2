import { useState } from 'preact/hooks';
import type { Language as Keywords } from '../../../../grammar/keywords.ts';
import type { TableHead } from '../../../workbook/port.ts';
import type { PageProps } from '../../page.ts';
import { failureText } from '../../parts/failure.ts';
import type { Kept } from './sheets.ts';
import { rowText } from './text.ts';
import { keywordLanguage } from './tokens.ts';

type Code = typeof import('./packs/NewSheet.tsx');

/** The choice of what a new rule sheet starts from, while it is open: its code comes when it is asked for. */
export interface Offered {
  readonly NewSheet: Code['NewSheet'];
  readonly there: readonly TableHead[];
  readonly keywords: Keywords;
}

export function useOffer({ session, language, say }: PageProps, kept: readonly Kept[] | null) {
  const [offered, setOffered] = useState<Offered | null>(null);
  return {
    offered,
    async ask(): Promise<void> {
      try {
        const [{ NewSheet }, { tables }] = await Promise.all([
          import(/* webpackChunkName: "packs" */ './packs/NewSheet.tsx'),
          session.book.open(),
        ]);
        const written = keywordLanguage((kept ?? []).flatMap(({ base }) => base.rows.map(rowText)));
        setOffered({ NewSheet, there: tables, keywords: written ?? (language === 'zh-CN' ? 'zh' : 'en') });
      } catch (error) {
        say({ intent: 'error', text: failureText(error, language) });
      }
    },
    close: () => setOffered(null),
  };
}
