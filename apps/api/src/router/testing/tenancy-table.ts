import type { Things } from './tenancy-world.ts';

/** What one router takes of others. The test puts all routers' tables together and holds them against the router itself. */
export type TenancyTable = {
  /**
   * For each procedure that takes a thing with an owner: calls that name a foreign one, each of which must end as if there were no such
   * thing. `null`: it takes nothing that anybody owns. The procedures, and the ids that each takes, are read from the router: a new one
   * without a row fails, and so does an id that no call of its row names a foreign one of, unless `open` says why.
   */
  readonly rows: Readonly<Record<string, null | ((things: Things) => Promise<unknown>[])>>;
  /** Ids of which a foreign one is no intrusion, and why. */
  readonly open?: Readonly<Record<string, string>>;
  /**
   * Answers other than not found. A hold is somebody's by its owner only, so a foreign one is gone rather than not found: neither says
   * whether it exists. Nobody but admins is told anything by their procedures, whatever is named.
   */
  readonly expected?: Readonly<Record<string, string>>;
};

export const PUBLIC = 'what is published is everybody’s';
export const FOREIGN_HOLD = 'a hold of somebody else is sold and released by nobody: see the last test';
export const MINTED = 'minted by the caller';
export const WITHIN = 'names a part of the event that the same call names, and is kept with that event only';
