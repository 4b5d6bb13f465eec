import { type Client, createClient } from '@eventhorizon/client/create-client';
import { type CredentialStore, credentialStore } from './credentials.ts';
import type { CliEnv } from './env.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

/** Options that every command takes. */
export type GlobalOptions = { readonly url: string; readonly json?: true | undefined };

/** What a command works with. */
export type CommandContext = {
  readonly io: Io;
  readonly url: string;
  readonly json: boolean;
  readonly credentials: CredentialStore;
  /** A client that nobody is logged in with. */
  readonly anonymous: () => Client;
  /** A client of who is logged in at this address; refreshed tokens are stored. Throws when nobody is. */
  readonly loggedIn: () => Promise<Client>;
  /** One JSON document with `--json`, else the text. */
  readonly print: (value: unknown, text: () => string) => void;
};

export const commandContext = (io: Io, env: CliEnv, { url, json }: GlobalOptions): CommandContext => {
  const credentials = credentialStore(env.configDir);
  return {
    io,
    url,
    json: json === true,
    credentials,
    anonymous: () => createClient({ url }),
    loggedIn: async () => {
      const login = await credentials.find(url);
      if (login === null) throw new UsageError(`Nobody is logged in at ${url}. Run: eventhorizon login`);
      const { username, ...tokens } = login;
      return createClient({
        url,
        tokens,
        onTokens: (next) => credentials.save(url, next === null ? null : { ...next, username }),
      });
    },
    print: (value, text) => {
      io.stdout.write(json === true ? `${JSON.stringify(value, null, 2)}\n` : text());
    },
  };
};
