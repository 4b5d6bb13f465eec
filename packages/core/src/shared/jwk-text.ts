import { z } from 'zod';

const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

const publicJwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().min(1),
  kid: z.string().min(1),
});

/** JSON of an Ed25519 private key as a JWK (RFC 8037), with the `kid` that its public half is published under. */
export const privateJwkText = jsonText.pipe(publicJwk.extend({ d: z.string().min(1) }));

/** JSON of a list of public Ed25519 JWKs. A private part put here by mistake is dropped unread. */
export const publicJwksText = jsonText.pipe(z.array(publicJwk));
