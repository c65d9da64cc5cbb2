import { type Source, SourceFault } from '../model.ts';
import type { FetchContext } from './context.ts';

/** The secret that an option of a source names, for a host; null where it names none. Refuses with a SourceFault. */
export function secretFor(
  { options }: Pick<Source, 'options'>,
  option: 'token' | 'password',
  host: string,
  context: FetchContext,
): string | null {
  const name = options.get(option) ?? '';
  if (name === '') return null;
  if (!/^[A-Za-z]\w*$/.test(name)) throw new SourceFault('bad-option', option);
  const secret = context.secret(name);
  if (secret === null || secret.value === '') throw new SourceFault('no-secret', name);
  if (secret.host !== null && secret.host.toLowerCase() !== host.toLowerCase())
    throw new SourceFault('secret-elsewhere', `${name}: ${secret.host}`);
  return secret.value;
}

/** A text of a server without the secrets that it may repeat. */
export function redacted(text: string, secrets: readonly (string | null)[]): string {
  return secrets.reduce<string>(
    (all, secret) => (secret === null || secret.length < 3 ? all : all.replaceAll(secret, '•••')),
    text,
  );
}
