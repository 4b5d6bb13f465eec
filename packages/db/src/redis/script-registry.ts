/** Every script and the words its answer may begin with. The header of each .lua file says what follows the word. */
export const SCRIPTS = {
  'place-hold': [
    'held',
    'taken',
    'short',
    'limit',
    'not_on_sale',
    'id_in_use',
    'no_turn',
    'stale',
    'cold',
    'again',
  ],
  'find-hold': ['found', 'gone', 'cold'],
  'extend-hold': ['extended', 'extended_already', 'converting', 'not_on_sale', 'gone', 'cold'],
  'release-hold': ['released', 'converting', 'gone', 'cold'],
  'adopt-hold': ['adopted', 'limit', 'bound', 'converting', 'gone', 'cold'],
  'begin-conversion': ['converting', 'held_by_other_checkout', 'not_on_sale', 'gone', 'cold'],
  'complete-conversion': ['done', 'cold'],
  'abort-conversion': ['done', 'cold'],
  'follow-claims': ['applied', 'cold'],
  'set-gate': ['applied', 'cold'],
  'sweep-event': ['swept', 'cold'],
  'read-availability': ['read', 'cold'],
  'count-free': ['counted', 'cold'],
  'rebuild-begin': ['started', 'warm', 'busy'],
  'rebuild-load': ['loaded', 'gap', 'fenced'],
  'rebuild-hold': ['loaded', 'fenced'],
  'rebuild-finish': ['done', 'more', 'fenced'],
  'rebuild-abandon': ['done'],
  'take-token': ['taken', 'empty'],
  'take-number': ['number', 'reserve', 'wait'],
  'add-numbers': ['added'],
  'read-room': ['read'],
} as const satisfies Record<string, readonly string[]>;

export type ScriptName = keyof typeof SCRIPTS;
export type WordOf<N extends ScriptName> = (typeof SCRIPTS)[N][number];

/** A script's answer: its first word, checked, and what came after it. */
export type Reply<N extends ScriptName> = { readonly word: WordOf<N>; readonly rest: readonly unknown[] };

/** A word that the registry does not know is a bug in a script, not an outcome. */
export const readReply = <N extends ScriptName>(name: N, raw: unknown): Reply<N> => {
  const [first, ...rest]: unknown[] = Array.isArray(raw) ? raw : [];
  const word = Buffer.isBuffer(first) ? first.toString() : first;
  const words: readonly unknown[] = SCRIPTS[name];
  if (!words.includes(word)) throw new TypeError(`${name} answered ${JSON.stringify(word)}`);
  // `includes` above has checked it against the registry.
  return { word: word as WordOf<N>, rest };
};
