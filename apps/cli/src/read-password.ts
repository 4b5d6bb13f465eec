import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

/** One line, with what is typed kept from the screen. */
const promptHidden = (io: Io, question: string): Promise<string> =>
  new Promise((resolve, reject) => {
    io.stderr.write(question);
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const reader = createInterface({ input: io.stdin, output: nowhere, terminal: true });
    reader.once('SIGINT', () => {
      reader.close();
      reject(new UsageError('Cancelled.'));
    });
    reader.once('line', (line) => {
      resolve(line);
      reader.close();
    });
    reader.once('close', () => {
      io.stderr.write('\n');
      reject(new UsageError('Nothing was given.'));
    });
  });

/** What is asked for, and the option that reads it from standard input. */
const PASSWORD = { asks: 'Password', option: '--password-stdin' };

/** A password or another secret from standard input (the first line) or from a hidden prompt; never from the arguments, which others can see. */
export const readPassword = async (
  io: Io,
  fromStdin: boolean,
  { asks, option } = PASSWORD,
): Promise<string> => {
  if (fromStdin) return (await text(io.stdin)).split(/\r?\n/, 1)[0] ?? '';
  if (io.stdin.isTTY !== true)
    throw new UsageError(`There is no terminal to ask for it. Pipe it in with ${option}.`);
  return promptHidden(io, `${asks}: `);
};
