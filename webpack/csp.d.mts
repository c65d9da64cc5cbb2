/** `addin`: inside Excel; `workbench`: our own server only; `text`: help and the like, without scripts. */
export type PageKind = 'addin' | 'workbench' | 'text';
export const PAGE_KINDS: readonly PageKind[];
export function policy(kind: PageKind): string;
export function policyHeader(kind: PageKind): string;
export function developmentHeaders(
  url: string | undefined,
): readonly { readonly key: string; readonly value: string }[];
