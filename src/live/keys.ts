import { type KeyPair, makeKeys, readPrivateKey, readPublicKey } from '../audit/sign.ts';

/** Keys of signatures where they are used: what comes in is the text of a file, and nothing of it is kept. */

/** Why there is no key: the file holds none, or this browser doesn't know Ed25519. */
export type KeyTrouble = { readonly kind: 'bad-key' } | { readonly kind: 'no-ed25519' };

/** The private key of a PEM text. */
export async function privateKeyOf(pem: string): Promise<CryptoKey | KeyTrouble> {
  return (await readable(() => readPrivateKey(pem))) ?? (await trouble());
}

/** The public key of `allot-key:…` or of a PEM text. */
export async function publicKeyOf(text: string): Promise<CryptoKey | KeyTrouble> {
  return (await readable(() => readPublicKey(text))) ?? (await trouble());
}

/** A new pair of keys, or that this browser can't make one. */
export async function newKeyPair(): Promise<KeyPair | KeyTrouble> {
  return (await knowsEd25519()) ? makeKeys() : { kind: 'no-ed25519' };
}

export type { KeyPair };

/** A browser without the methods throws where one without the algorithm refuses. */
async function readable(read: () => Promise<CryptoKey | null>): Promise<CryptoKey | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}

async function trouble(): Promise<KeyTrouble> {
  return { kind: (await knowsEd25519()) ? 'bad-key' : 'no-ed25519' };
}

async function knowsEd25519(): Promise<boolean> {
  try {
    await globalThis.crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}
