/** What logging in gives. Both are secrets; `refreshToken` changes with every refresh. */
export type Tokens = { readonly accessToken: string; readonly refreshToken: string };

/** When a JWT ends, in ms since the epoch, read without verifying: the server verifies. null when it cannot be read. */
export const expiryOf = (accessToken: string): number | null => {
  const payload = accessToken.split('.')[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    const exp = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : null;
    return typeof exp === 'number' ? exp * 1_000 : null;
  } catch {
    return null;
  }
};
