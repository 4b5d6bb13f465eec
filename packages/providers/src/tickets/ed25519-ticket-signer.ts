import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { TicketSigner } from '@eventhorizon/core/tickets/ports';
import { packTicketCode, unpackTicketCode } from '@eventhorizon/core/tickets/ticket-code';
import { z } from 'zod';

const publicJwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string().min(1),
});
const privateJwk = publicJwk.extend({ d: z.string() });

/** An Ed25519 key as JWK (RFC 8037) with a `kid`. */
export type TicketPublicJwk = z.infer<typeof publicJwk>;
export type TicketPrivateJwk = z.infer<typeof privateJwk>;

const PREFIX = 'EH1';
/** Which key signed: the start of the hash of its `kid`, in front of the packed code. */
const HINT_BYTES = 4;
/** Longer than any code; keeps a gate from hashing whatever somebody prints into a QR code. */
const LONGEST = 1_000;

const hintOf = (kid: string): Buffer => createHash('sha256').update(kid).digest().subarray(0, HINT_BYTES);

/** Strict base64url: what does not encode back to the same text is refused, so a code has no second spelling. */
const decode = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
};

/**
 * Signs with `privateJwk`; verifies with it and with `publicJwks`, the keys of before a rotation, whose tickets stay good.
 * Throws on keys that are not Ed25519 JWKs with a `kid`; the error names no key material.
 */
export const ed25519TicketSigner = (keys: {
  readonly privateJwk: TicketPrivateJwk;
  readonly publicJwks?: readonly TicketPublicJwk[];
}): TicketSigner => {
  const own = privateJwk.parse(keys.privateJwk);
  const signing = createPrivateKey({ key: own, format: 'jwk' });
  const trusted = [publicJwk.parse(own), ...(keys.publicJwks ?? []).map((jwk) => publicJwk.parse(jwk))];
  const byHint = new Map<string, KeyObject>(
    trusted.map((jwk) => [hintOf(jwk.kid).toString('hex'), createPublicKey({ key: jwk, format: 'jwk' })]),
  );
  if (byHint.size < new Set(trusted.map(({ kid }) => kid)).size)
    throw new Error('two ticket keys share a hint; rename one kid');

  return {
    sign: async (code) => {
      const payload = Buffer.concat([hintOf(own.kid), packTicketCode(code)]).toString('base64url');
      const signed = `${PREFIX}.${payload}`;
      return `${signed}.${sign(null, Buffer.from(signed), signing).toString('base64url')}`;
    },
    verify: async (text) => {
      const [prefix, payload = '', signature = '', ...rest] = text.length > LONGEST ? [] : text.split('.');
      if (prefix !== PREFIX || rest.length > 0) return null;
      const [bytes, mark] = [decode(payload), decode(signature)];
      if (bytes === null || mark === null || bytes.length <= HINT_BYTES) return null;
      const key = byHint.get(bytes.subarray(0, HINT_BYTES).toString('hex'));
      if (key === undefined || !verify(null, Buffer.from(`${prefix}.${payload}`), key, mark)) return null;
      return unpackTicketCode(bytes.subarray(HINT_BYTES));
    },
    publicKeys: async () => ({
      keys: trusted.map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid, use: 'sig', alg: 'EdDSA' })),
    }),
  };
};
