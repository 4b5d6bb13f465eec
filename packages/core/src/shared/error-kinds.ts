/** The eight ways in which a request is refused. A closed list: every map over it is exhaustive (error-mapping.ts). */
export const ERROR_KINDS = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'gone',
  'limited',
  'unavailable',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];
