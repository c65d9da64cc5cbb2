import { base64ToBytes, bytesToBase64 } from './codec.ts';

/**
 * Signatures of ledger rows: Ed25519 through WebCrypto, over the 64 characters of a row's `Digest`. The private key is
 * a PEM file (PKCS 8) that stays outside the workbook; the public one is a word that anybody may have.
 */

export interface KeyPair {
  readonly privatePem: string;
  readonly publicText: string;
}

const ALGORITHM = { name: 'Ed25519' } as const;
const PUBLIC = 'allot-key:';
/** Bytes of a raw public key, and what stands before them in its DER form. */
const RAW = 32;
const SPKI_HEAD = 12;

const subtle = (): SubtleCrypto => globalThis.crypto.subtle;

export async function makeKeys(): Promise<KeyPair> {
  const pair = await subtle().generateKey(ALGORITHM, true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('no key pair');
  const [secret, open] = await Promise.all([
    subtle().exportKey('pkcs8', pair.privateKey),
    subtle().exportKey('raw', pair.publicKey),
  ]);
  const lines = bytesToBase64(new Uint8Array(secret)).match(/.{1,64}/g) ?? [];
  return {
    privatePem: `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`,
    publicText: PUBLIC + bytesToBase64(new Uint8Array(open)),
  };
}

function pemBytes(pem: string, label: string): Uint8Array<ArrayBuffer> | null {
  const found = new RegExp(`-----BEGIN ${label}-----([^-]*)-----END ${label}-----`).exec(pem);
  return found === null ? null : base64ToBytes(found[1] ?? '');
}

/** A private key from its PEM text; null where it is none of Ed25519. */
export async function readPrivateKey(pem: string): Promise<CryptoKey | null> {
  const bytes = pemBytes(pem, 'PRIVATE KEY');
  if (bytes === null) return null;
  return subtle()
    .importKey('pkcs8', bytes, ALGORITHM, false, ['sign'])
    .catch(() => null);
}

/** A public key from `allot-key:…` or its PEM text; null where it is none of Ed25519. */
export async function readPublicKey(text: string): Promise<CryptoKey | null> {
  const word = text.trim();
  const raw = word.startsWith(PUBLIC)
    ? base64ToBytes(word.slice(PUBLIC.length))
    : (pemBytes(word, 'PUBLIC KEY')?.slice(SPKI_HEAD) ?? null);
  if (raw === null || raw.length !== RAW) return null;
  return subtle()
    .importKey('raw', raw, ALGORITHM, false, ['verify'])
    .catch(() => null);
}

const bytesOf = (digest: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(digest);

/** The signature of a row's digest, in base64. */
export async function signDigest(key: CryptoKey, digest: string): Promise<string> {
  return bytesToBase64(new Uint8Array(await subtle().sign(ALGORITHM, key, bytesOf(digest))));
}

/** Whether one of the keys made this signature of a digest. */
export async function isSigned(
  keys: readonly CryptoKey[],
  digest: string,
  signature: string,
): Promise<boolean> {
  const bytes = base64ToBytes(signature);
  // The last letter says more than its bits: another one may stand for the same bytes, but is not what was signed.
  if (bytes === null || bytesToBase64(bytes) !== signature.replace(/\s+/g, '')) return false;
  for (const key of keys)
    if (
      await subtle()
        .verify(ALGORITHM, key, bytes, bytesOf(digest))
        .catch(() => false)
    )
      return true;
  return false;
}
