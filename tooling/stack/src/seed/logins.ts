import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** A login of the demo. Passwords are random: nobody else's installation has them. */
export type Login = { readonly who: string; readonly username: string; readonly password: string };

export const writeLogins = (file: string, logins: readonly Login[]): void =>
  writeFileSync(file, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 });

/** The logins that the seed wrote; null when there was no seed. */
export const readLogins = (file: string): readonly Login[] | null =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Login[]) : null;
