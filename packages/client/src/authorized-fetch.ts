import type { TokenKeeper } from './token-keeper.ts';

export type FetchLike = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Codes of refusals that a fresh access token mends. */
const MENDABLE = 'auth.token_expired';

const hasExpired = async (response: Response): Promise<boolean> =>
  response.status === 401 && (await response.clone().text()).includes(`"${MENDABLE}"`);

/**
 * A fetch that logs itself in: adds the access token and the visitor token, refreshes shortly before expiry and once more when the
 * server says that the token has expired (clocks differ). A call is repeated at most once; a refused call was not done.
 */
export const authorizedFetch =
  (fetch: FetchLike, keeper: TokenKeeper, visitor: () => string | null): FetchLike =>
  async (input, init) => {
    const send = (accessToken: string | null): Promise<Response> => {
      const headers = new Headers(init?.headers);
      if (accessToken !== null) headers.set('authorization', `Bearer ${accessToken}`);
      const visitorToken = visitor();
      if (visitorToken !== null) headers.set('x-visitor', visitorToken);
      return fetch(input, { ...init, headers });
    };
    const accessToken = await keeper.accessToken();
    const response = await send(accessToken);
    if (accessToken === null || !(await hasExpired(response))) return response;
    return send(await keeper.replace(accessToken));
  };
