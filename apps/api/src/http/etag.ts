/** Weak, because the bytes may differ by encoding; If-None-Match compares weakly anyway (RFC 9110 §13.1.2). */
export const weak = (etag: string): string => (etag.startsWith('W/') ? etag : `W/${etag}`);

export const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch?.split(',').some((known) => weak(known.trim()) === etag) === true;
