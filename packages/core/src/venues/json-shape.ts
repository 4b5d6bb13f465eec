/** No plan nests deeper than about eight; a hundred thousand brackets are meant to exhaust whoever walks the result. */
const MAX_DEPTH = 64;

/** Whether the brackets of a JSON text nest deeper than MAX_DEPTH. One pass, before anything is parsed. */
export const nestsTooDeep = (text: string): boolean => {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i += 1;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x7b || c === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (c === 0x7d || c === 0x5d) depth -= 1;
  }
  return false;
};

/** `line 3, column 7`: where a text stops being JSON. V8 names no position for most faults, so it is looked for here. */
export const placeOfSyntaxError = (text: string): string => {
  const before = text.slice(0, syntaxErrorOffset(text));
  const line = before.split('\n').length;
  return `line ${line}, column ${before.length - before.lastIndexOf('\n')}`;
};

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The end of what `pattern` matches at `offset`, or -1. */
const matchEnd = (pattern: RegExp, text: string, offset: number): number => {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

/** The offset after the string that starts at `offset`, or the negative of (1 + where it breaks). */
const stringEnd = (text: string, offset: number): number => {
  let i = offset + 1;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c === 0x22) return i + 1;
    if (c < 0x20) return -1 - i;
    if (c !== 0x5c) i += 1;
    else {
      const end = matchEnd(ESCAPE, text, i);
      if (end === -1) return -1 - i;
      i = end;
    }
  }
  return -1 - i;
};

/** Where a JSON parser meets the first character that cannot stand there. */
const syntaxErrorOffset = (text: string): number => {
  const open: ('{' | '[')[] = [];
  let awaits: 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'more' = 'value';
  for (let i = matchEnd(SPACE, text, 0); i < text.length; i = matchEnd(SPACE, text, i)) {
    const c = text[i];
    const inside = open.at(-1);
    if (awaits === 'more') {
      if (c === ',' && inside !== undefined) awaits = inside === '{' ? 'key' : 'value';
      else if ((c === '}' && inside === '{') || (c === ']' && inside === '[')) open.pop();
      else return i;
      i += 1;
    } else if (awaits === 'colon') {
      if (c !== ':') return i;
      awaits = 'value';
      i += 1;
    } else if ((c === '}' && awaits === 'first key') || (c === ']' && awaits === 'first value')) {
      open.pop();
      awaits = 'more';
      i += 1;
    } else if (c === '"') {
      const end = stringEnd(text, i);
      if (end < 0) return -1 - end;
      awaits = awaits.endsWith('key') ? 'colon' : 'more';
      i = end;
    } else if (awaits.endsWith('key')) return i;
    else if (c === '{' || c === '[') {
      open.push(c);
      awaits = c === '{' ? 'first key' : 'first value';
      i += 1;
    } else {
      const end = matchEnd(SCALAR, text, i);
      if (end === -1) return i;
      awaits = 'more';
      i = end;
    }
  }
  return text.length;
};
