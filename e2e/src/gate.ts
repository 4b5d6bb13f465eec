import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto';

type Key = JsonWebKey & { readonly kid: string };

/**
 * A gate without a network: it has fetched the public keys once and knows the code's form from docs alone
 * (`EH1.<payload>.<signature>`, the payload led by four bytes of the key's hashed id). Whether a code is genuine.
 */
export const offlineGate = async (url: string): Promise<(code: string) => boolean> => {
  const { keys } = (await (await fetch(`${url}/.well-known/ticket-keys.json`)).json()) as { keys: Key[] };
  const hint = ({ kid }: Key): string => createHash('sha256').update(kid).digest('hex').slice(0, 8);
  const byHint = new Map(keys.map((key) => [hint(key), createPublicKey({ key, format: 'jwk' })]));
  return (code) => {
    const [form = '', payload = '', signature = ''] = code.split('.');
    const key = byHint.get(Buffer.from(payload, 'base64url').toString('hex').slice(0, 8));
    if (form !== 'EH1' || key === undefined) return false;
    return verify(null, Buffer.from(`${form}.${payload}`), key, Buffer.from(signature, 'base64url'));
  };
};
