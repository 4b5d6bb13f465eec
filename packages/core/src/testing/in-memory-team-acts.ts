import { z } from 'zod';
import type { TeamActStore } from '../organizations/ports.ts';
import type { TeamAct } from '../organizations/team-act.ts';
import { decodeCursor, pageOf } from '../shared/cursor.ts';

const cursorSchema = z.tuple([z.int()]);

/** Passes `teamActStoreContract`. */
export const inMemoryTeamActs = (): TeamActStore => {
  const all: TeamAct[] = [];
  const ofOrganization = (id: TeamAct['organizationId']) => all.filter((act) => act.organizationId === id);
  return {
    record: async (_tx, act) => {
      all.push({ ...act, number: ofOrganization(act.organizationId).length + 1 });
    },
    list: async (organizationId, { cursor, limit }) => {
      const before = cursor === undefined ? Number.POSITIVE_INFINITY : decodeCursor(cursor, cursorSchema)[0];
      const older = ofOrganization(organizationId).filter(({ number }) => number < before);
      return pageOf(older.toReversed(), limit, ({ number }) => [number]);
    },
  };
};
