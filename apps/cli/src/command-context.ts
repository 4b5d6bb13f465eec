import { type Client, createClient } from '@eventhorizon/client/create-client';
import { chooseOrganization } from './choose-organization.ts';
import { type CredentialStore, credentialStore } from './credentials.ts';
import type { CliEnv } from './env.ts';
import { green, type Io } from './io.ts';
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
  /** `loggedIn`, and the organization that `--org` names or the only one there is. */
  readonly inOrganization: (
    org: string | undefined,
  ) => Promise<{ readonly client: Client; readonly organizationId: string }>;
  /** One JSON document with `--json`, else the text. */
  readonly print: (value: unknown, text: () => string) => void;
  /** What was done: `print` with a green tick before the text, which ends without a line break. */
  readonly done: (value: unknown, text: string) => void;
};

export const commandContext = (io: Io, env: CliEnv, { url, json }: GlobalOptions): CommandContext => {
  const credentials = credentialStore(env.configDir);
  const loggedIn = async () => {
    const login = await credentials.find(url);
    if (login === null) throw new UsageError(`Nobody is logged in at ${url}. Run: eventhorizon login`);
    const { username, ...tokens } = login;
    return createClient({
      url,
      tokens,
      onTokens: (next) => credentials.save(url, next === null ? null : { ...next, username }),
    });
  };
  const print = (value: unknown, text: () => string) =>
    void io.stdout.write(json === true ? `${JSON.stringify(value, null, 2)}\n` : text());
  return {
    io,
    url,
    json: json === true,
    credentials,
    anonymous: () => createClient({ url }),
    loggedIn,
    inOrganization: async (org) => {
      const client = await loggedIn();
      return { client, organizationId: await chooseOrganization(client, org) };
    },
    print,
    done: (value, text) => print(value, () => `${green(io, '✓')} ${text}\n`),
  };
};
