import type { PageKind } from './csp.d.mts';

export interface Served {
  /** With a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}
export function serve(
  folder: string,
  options?: { readonly port?: number; readonly kindOf?: (file: string) => PageKind },
): Promise<Served>;
export function pageKind(file: string): PageKind;
