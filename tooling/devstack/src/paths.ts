import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The checkout's root folder, without a trailing slash. */
export const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');

/** Everything a start keeps: data of the servers, generated secrets, logs. Ignored by git; DEVSTACK_DATA moves it. */
export const dataDir = process.env.DEVSTACK_DATA ?? `${repositoryRoot}/.data`;

/** Downloads shared by all checkouts of this user. */
export const cacheDir = `${process.env.XDG_CACHE_HOME ?? `${homedir()}/.cache`}/eventhorizon`;
