const REDACTED = '[redacted]';
const MAX_DEPTH = 8;

/** Names of fields whose values never reach a log, however deep they stand. Compared without case, `-` and `_`. */
const SECRET_NAME =
  /^(authorization|proxyauthorization|cookie|setcookie|xvisitor|xpass|pass|visitortoken|stripesignature|d)$|password|secret|token|apikey|signingkey|privatekey/;

/** Secrets inside running text: error messages, stacks, addresses. */
const SECRET_TEXT: readonly RegExp[] = [
  /\bBearer\s+[^\s"',]+/gi,
  /\bses_[0-9a-z]{26}\.\d+\.[\w-]+/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /\b(?:sk|rk)_(?:test|live)_\w+/g,
  /\bwhsec_\w+/g,
  /\bpi_\w+_secret_\w+/g,
  /\bevt_[0-9a-z]{26}\.[a-z]{3}_[0-9a-z]{26}\.\d+\.[\w-]+/g,
  /\bvis_[0-9a-z]{26}\.[\w-]+/g,
  /(?<=\/t\/)[0-9a-hjkmnp-tv-z]{20}\b/g,
  /\bEH1\.[\w-]+\.[\w-]+/g,
  /(?<=\b[a-z][a-z+]*:\/\/)[^\s/@"']+@/g,
];

const isSecretName = (name: string): boolean => SECRET_NAME.test(name.toLowerCase().replaceAll(/[-_]/g, ''));

const scrubText = (text: string): string =>
  SECRET_TEXT.reduce((clean, pattern) => clean.replaceAll(pattern, REDACTED), text);

/** What a log line may say about an error; own fields of drivers' errors can hold whole documents and stay out. */
const plainError = (error: Error, depth: number): Record<string, unknown> => ({
  type: error.name,
  message: scrubText(error.message),
  stack: error.stack === undefined ? undefined : scrubText(error.stack),
  ...('code' in error && { code: error.code }),
  ...(error.cause instanceof Error && depth < MAX_DEPTH && { cause: plainError(error.cause, depth + 1) }),
});

const scrubAt = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return plainError(value, depth);
  if (Array.isArray(value)) return value.map((item) => scrubAt(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      isSecretName(name) && item !== null && item !== undefined ? REDACTED : scrubAt(item, depth + 1),
    ]),
  );
};

/** A copy of what is to be logged with every secret we know of taken out, by field name and by shape. */
export const scrub = (fields: object): Record<string, unknown> =>
  scrubAt(fields, 0) as Record<string, unknown>;
