/** The header Retry-After in milliseconds: whole seconds or an HTTP date (RFC 9110, 10.2.3). null when absent or unreadable. */
export const retryAfterMs = (header: string | undefined, now: number = Date.now()): number | null => {
  if (header === undefined || header.trim() === '') return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
};
