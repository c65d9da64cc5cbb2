export const DEVELOPMENT_HOST: string;
/** From `ALLOT_HOST`. */
export const HOST: string;
export function hostFrom(text: string | undefined): string;
export function manifestFor(xml: string, host: string): string;
