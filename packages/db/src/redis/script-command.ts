import { Command } from 'ioredis';

const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

/** Made once for each list of keys; keys.ts gives the same list for the same event. */
const spelled = new WeakMap<readonly string[], string>();

const spell = (keys: readonly string[]): string => {
  const known = spelled.get(keys);
  if (known !== undefined) return known;
  const text = bulk(String(keys.length)) + keys.map(bulk).join('');
  spelled.set(keys, text);
  return text;
};

/**
 * A call of a script by its hash in the words of Redis' protocol. ioredis would spell out ten keys and their lengths for every call, although
 * they are those of the call before. Answers come as text.
 */
export class ScriptCommand extends Command {
  readonly #text: string;

  constructor(sha: string, keys: readonly string[], args: readonly (string | number)[]) {
    super('evalsha', [], { replyEncoding: 'utf8' });
    let text = `*${3 + keys.length + args.length}\r\n$7\r\nevalsha\r\n${bulk(sha)}${spell(keys)}`;
    for (const arg of args) text += bulk(String(arg));
    this.#text = text;
  }

  override toWritable(): string {
    return this.#text;
  }
}
