import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const DEFAULT_URL = 'http://127.0.0.1:3000';

const envSchema = z.object({
  EVENTHORIZON_URL: z.url('must be an address like https://tickets.example').default(DEFAULT_URL),
  XDG_CONFIG_HOME: z.string().optional(),
  NO_COLOR: z.string().optional(),
});

export type CliEnv = { readonly url: string; readonly configDir: string; readonly noColor: boolean };

/** What the command line takes from its surroundings. Configuration lies where the XDG Base Directory specification says. */
export const readEnv = (source: Readonly<Record<string, string | undefined>> = process.env): CliEnv => {
  const read = envSchema.safeParse(source);
  if (!read.success)
    throw new Error(read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
  const { EVENTHORIZON_URL, XDG_CONFIG_HOME, NO_COLOR } = read.data;
  const base =
    XDG_CONFIG_HOME === undefined || XDG_CONFIG_HOME === '' ? join(homedir(), '.config') : XDG_CONFIG_HOME;
  return {
    url: EVENTHORIZON_URL,
    configDir: join(base, 'eventhorizon'),
    // https://no-color.org: present and not empty.
    noColor: NO_COLOR !== undefined && NO_COLOR !== '',
  };
};
