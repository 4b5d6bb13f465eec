import { Hono } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import type { HttpEnv } from './observe-requests.ts';
export const hotRoutes = (_deps: ApiDeps): Hono<HttpEnv> => new Hono<HttpEnv>();
