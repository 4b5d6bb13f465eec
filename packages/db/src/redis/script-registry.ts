/** Every script and the words its answer may begin with. The header of each .lua file says what follows the word. */
export const SCRIPTS = {
  'place-holds': ['placed', 'cold'],
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
  'look-up-page': ['found'],
} as const satisfies Record<string, readonly string[]>;

export type ScriptName = keyof typeof SCRIPTS;
export type WordOf<N extends ScriptName> = (typeof SCRIPTS)[N][number];

/** What `place-holds` answers for each hold. `failed`: a bug, with its message. */
const PLACE_WORDS = [
  'held',
  'taken',
  'short',
  'limit',
  'not_on_sale',
  'id_in_use',
  'no_turn',
  'stale',
  'again',
  'failed',
] as const;
export type PlaceAnswer = Answer<(typeof PLACE_WORDS)[number]>;

/** An answer: its first word, checked, and what came after it. */
type Answer<W> = { readonly word: W; readonly rest: readonly unknown[] };
export type Reply<N extends ScriptName> = Answer<WordOf<N>>;

/** A word that is not among `words` is a bug in a script, not an outcome. */
const readAnswer = <W extends string>(from: string, words: readonly W[], raw: unknown): Answer<W> => {
  const [first, ...rest]: unknown[] = Array.isArray(raw) ? raw : [];
  const text = Buffer.isBuffer(first) ? first.toString() : first;
  const word = words.find((known) => known === text);
  if (word === undefined) throw new TypeError(`${from} answered ${JSON.stringify(text)}`);
  return { word, rest };
};

export const readReply = <N extends ScriptName>(name: N, raw: unknown): Reply<N> =>
  readAnswer<WordOf<N>>(name, SCRIPTS[name], raw);

export const readPlaceAnswer = (raw: unknown): PlaceAnswer => readAnswer('place-holds', PLACE_WORDS, raw);
