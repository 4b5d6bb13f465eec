import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

const publicJwkSchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  /** Names the key in token headers. */
  kid: z.string().min(1).max(100),
  x: z.string(),
});
const privateJwkSchema = publicJwkSchema.extend({ d: z.string() });

/** Ed25519 as JSON Web Keys (RFC 8037), with a `kid`. */
export type PublicJwk = z.output<typeof publicJwkSchema>;

export type SigningKeys = {
  readonly kid: string;
  readonly signing: KeyObject;
  /** Public keys by kid: that of `signing`, and those that still verify. */
  readonly verifying: ReadonlyMap<string, KeyObject>;
  /** The same as a JWK set: public parts only. */
  readonly jwks: { readonly keys: readonly (PublicJwk & { readonly alg: 'EdDSA'; readonly use: 'sig' })[] };
};

/**
 * Reads keys when the process starts, so that a bad one stops it then. To rotate: add the new public key to `verifying`
 * everywhere, then make it `signing`, then drop the old one when its last token has expired. Errors name the field that is
 * wrong, never the key.
 */
export const readSigningKeys = ({
  signing,
  verifying,
}: {
  readonly signing: unknown;
  readonly verifying: readonly unknown[];
}): SigningKeys => {
  const own = privateJwkSchema.parse(signing);
  const { d: _private, ...ownPublic } = own;
  // Parsing strips whatever else a JWK carries, also a private part that was put here by mistake.
  const all = [ownPublic, ...verifying.map((jwk) => publicJwkSchema.parse(jwk))];
  const byKid = new Map<string, PublicJwk>();
  for (const jwk of all) {
    const same = byKid.get(jwk.kid);
    if (same !== undefined && same.x !== jwk.x) throw new RangeError(`two keys have the kid ${jwk.kid}`);
    byKid.set(jwk.kid, jwk);
  }
  return {
    kid: own.kid,
    signing: createPrivateKey({ key: own, format: 'jwk' }),
    verifying: new Map([...byKid].map(([kid, jwk]) => [kid, createPublicKey({ key: jwk, format: 'jwk' })])),
    jwks: { keys: [...byKid.values()].map((jwk) => ({ ...jwk, alg: 'EdDSA', use: 'sig' })) },
  };
};
