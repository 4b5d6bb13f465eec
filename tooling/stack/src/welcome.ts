import { relative } from 'node:path';
import type { Ports } from './apps/app-env.ts';
import type { Login } from './seed/logins.ts';
import type { Stack } from './start-stack.ts';

const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
};

const loginRows = (logins: readonly Login[]): [string, string][] =>
  logins.map(({ who, username, password }) => [who, `${username} / ${password}`]);

export type Welcome = {
  readonly stack: Pick<Stack, 'apiUrl' | 'sandboxUrl'> & {
    readonly servers: Pick<Stack['servers'], 'mongoUri' | 'redisUrl'>;
  };
  readonly ports: Ports;
  readonly dataDir: string;
  /** null: the apps' logs are shown where they run (`npm run dev`). */
  readonly logDir: string | null;
  readonly logins: readonly Login[] | null;
  readonly event: { readonly id: string; readonly title: string } | null;
};

/** A folder as one would type it from here; whole when it lies elsewhere. */
const shown = (folder: string): string => {
  const short = relative(process.cwd(), folder);
  return short === '' || short.startsWith('..') ? folder : short;
};

/** What `npm start` says when everything is up: where things are, who can log in, and three things to try. */
export const welcome = ({ stack, ports, dataDir, logDir, logins, event }: Welcome): string => {
  const owner = logins?.[0];
  const data = shown(dataDir);
  return [
    '',
    'EventHorizon is up.',
    table([
      ['API', `${stack.apiUrl}/trpc (typed client), ${stack.apiUrl}/api/v1 (REST)`],
      ['Health, metrics', `http://127.0.0.1:${ports.apiInternal} (API), :${ports.workerInternal} (worker)`],
      ['Sandbox inbox', `${stack.sandboxUrl} (e-mails, SMS, payments)`],
      ['MongoDB', stack.servers.mongoUri],
      ['Redis', stack.servers.redisUrl],
      ['Logs', logDir === null ? 'here' : shown(logDir)],
    ]),
    ...(logins === null
      ? []
      : [
          '',
          `Logins (random, made for this installation, kept in ${data}/logins.json):`,
          table(loginRows(logins)),
        ]),
    '',
    'Three things to try:',
    event === null
      ? `  1. curl -s '${stack.apiUrl}/trpc/events.listPublic?input=%7B%7D'    the events on sale: none yet`
      : `  1. curl -s ${stack.apiUrl}/api/v1/events/${event.id}/availability    what is left of ${event.title}`,
    `  2. npm run -s cli -- login${owner === undefined ? '' : ` --username ${owner.username}`}    then: npm run -s cli -- events list`,
    '  3. npm run demo                            1,000 buyers race for 700 places, on servers of its own',
    '',
    `Ctrl-C stops everything; the data stays in ${data}.`,
  ].join('\n');
};
