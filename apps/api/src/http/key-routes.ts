import { Hono } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import type { HttpEnv } from './observe-requests.ts';

/** Keys change rarely, and a new one is published before it is used. */
const CACHE = 'public, max-age=300';

/** Public keys: of access tokens (for other services) and of ticket codes (for gates that verify offline). */
export const keyRoutes = ({ accessTokens, signer }: ApiDeps): Hono<HttpEnv> =>
  new Hono<HttpEnv>()
    .get('/.well-known/jwks.json', async (c) =>
      c.json(await accessTokens.jwks(), 200, { 'cache-control': CACHE }),
    )
    .get('/.well-known/ticket-keys.json', async (c) =>
      c.json(await signer.publicKeys(), 200, { 'cache-control': CACHE }),
    );
