const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Where reading stopped. */
class Fault extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super(`not JSON at ${offset}`);
    this.offset = offset;
  }
}

/** The end of what `pattern` matches at `offset`; null when it does not match there. */
const endOf = (pattern: RegExp, text: string, offset: number): number | null => {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : null;
};

const skipSpace = (text: string, offset: number): number => endOf(SPACE, text, offset) ?? offset;

const expectAt = (text: string, offset: number, character: string): number => {
  if (text[offset] !== character) throw new Fault(offset);
  return skipSpace(text, offset + 1);
};

const skipString = (text: string, offset: number): number => {
  const end = endOf(STRING, text, offset);
  if (end === null) throw new Fault(offset);
  return skipSpace(text, end);
};

/** Items up to `close`, separated by commas. */
const skipList = (text: string, offset: number, close: string, item: (at: number) => number): number => {
  let at = skipSpace(text, offset + 1);
  if (text[at] === close) return skipSpace(text, at + 1);
  for (;;) {
    at = item(at);
    if (text[at] === close) return skipSpace(text, at + 1);
    at = expectAt(text, at, ',');
  }
};

const skipValue = (text: string, offset: number): number => {
  if (text[offset] === '"') return skipString(text, offset);
  if (text[offset] === '[') return skipList(text, offset, ']', (at) => skipValue(text, at));
  if (text[offset] === '{')
    return skipList(text, offset, '}', (at) => skipValue(text, expectAt(text, skipString(text, at), ':')));
  const end = endOf(SCALAR, text, offset);
  if (end === null) throw new Fault(offset);
  return skipSpace(text, end);
};

/** Offset of the first character that makes a text no JSON (RFC 8259); null for JSON. V8 does not always tell it. */
export const jsonFaultOffset = (text: string): number | null => {
  try {
    const end = skipValue(text, skipSpace(text, 0));
    return end === text.length ? null : end;
  } catch (error) {
    if (error instanceof Fault) return error.offset;
    throw error;
  }
};
