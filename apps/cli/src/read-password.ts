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

/** Secrets from standard input, a line each, or from hidden prompts; never from the arguments, which others can see. */
const readSecrets = async (
  io: Io,
  fromStdin: boolean,
  asks: readonly string[],
  option = PASSWORD.option,
): Promise<string[]> => {
  if (fromStdin) {
    const lines = (await text(io.stdin)).split(/\r?\n/);
    return asks.map((_, line) => lines[line] ?? '');
  }
  if (io.stdin.isTTY !== true)
    throw new UsageError(`There is no terminal to ask for it. Pipe it in with ${option}.`);
  const given: string[] = [];
  for (const question of asks) given.push(await promptHidden(io, `${question}: `));
  return given;
};

/** A password or another secret, from the first line of standard input or a hidden prompt. */
export const readPassword = async (
  io: Io,
  fromStdin: boolean,
  { asks, option } = PASSWORD,
): Promise<string> => (await readSecrets(io, fromStdin, [asks], option))[0] ?? '';

const NEW = 'New password';

/** Typed twice, because nobody sees what is typed; a line of standard input is taken as it is. */
const askNew = async (io: Io, fromStdin: boolean, before: readonly string[]): Promise<string[]> => {
  const given = await readSecrets(io, fromStdin, [...before, NEW, ...(fromStdin ? [] : [`${NEW} again`])]);
  if (!fromStdin && given.at(-1) !== given.at(-2))
    throw new UsageError('These are two different passwords. Try again.');
  return given;
};

/** A password that is to be from now on. */
export const readNewPassword = async (io: Io, fromStdin: boolean): Promise<string> =>
  (await askNew(io, fromStdin, []))[0] ?? '';

/** The code from the letter, then the new password. */
export const readPasswordReset = async (
  io: Io,
  fromStdin: boolean,
): Promise<{ readonly code: string; readonly newPassword: string }> => {
  const [code = '', newPassword = ''] = await askNew(io, fromStdin, ['Code from the letter']);
  return { code: code.trim(), newPassword };
};

/** The old password, then the new one. */
export const readPasswordChange = async (
  io: Io,
  fromStdin: boolean,
): Promise<{ readonly oldPassword: string; readonly newPassword: string }> => {
  const [oldPassword = '', newPassword = ''] = await askNew(io, fromStdin, ['Old password']);
  return { oldPassword, newPassword };
};
