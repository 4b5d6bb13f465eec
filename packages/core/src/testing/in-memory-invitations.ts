import { z } from 'zod';
import { type Invitation, MAX_INVITATION_TOKENS } from '../organizations/invitation.ts';
import type { InvitationStore } from '../organizations/ports.ts';
import { decodeCursor, pageOf } from '../shared/cursor.ts';
import { DomainError } from '../shared/errors.ts';
import { type InvitationId, idSchema } from '../shared/ids.ts';

const cursorSchema = z.tuple([idSchema('inv')]);

/** Passes `invitationStoreContract`. One process, no transactions. */
export const inMemoryInvitations = (): InvitationStore => {
  const all = new Map<InvitationId, Invitation>();
  const tokens = new Map<InvitationId, string[]>();
  const findBy = (is: (invitation: Invitation) => boolean): Invitation | null =>
    [...all.values()].find(is) ?? null;
  const change = (id: InvitationId, to: Partial<Invitation>): boolean => {
    const found = all.get(id);
    if (found?.status !== 'open') return false;
    all.set(id, { ...found, ...to });
    return true;
  };
  const isOpenFor =
    (organizationId: string, emailKey: string) =>
    (one: Invitation): boolean =>
      one.organizationId === organizationId && one.emailKey === emailKey && one.status === 'open';
  return {
    insert: async (_tx, invitation) => {
      const open = findBy(isOpenFor(invitation.organizationId, invitation.emailKey));
      if (open !== null) throw new DomainError('invitation.open_already', {});
      all.set(invitation.id, invitation);
    },
    find: async (id) => all.get(id) ?? null,
    findOwn: async (organizationId, id) =>
      findBy((one) => one.organizationId === organizationId && one.id === id),
    findByToken: async (hash) => findBy(({ id }) => tokens.get(id)?.includes(hash) === true),
    findOpen: async (organizationId, emailKey) => findBy(isOpenFor(organizationId, emailKey)),
    countSince: async (organizationId, since) =>
      [...all.values()].filter((one) => one.organizationId === organizationId && one.createdAt >= since)
        .length,
    listOpen: async (organizationId, { cursor, limit }) => {
      const after = cursor === undefined ? '' : decodeCursor(cursor, cursorSchema)[0];
      const open = [...all.values()]
        .filter((one) => one.organizationId === organizationId && one.status === 'open' && one.id > after)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      return pageOf(open, limit, ({ id }) => [id]);
    },
    addToken: async (id, hash) => {
      if (all.get(id)?.status !== 'open') return false;
      tokens.set(id, [...(tokens.get(id) ?? []), hash].slice(-MAX_INVITATION_TOKENS));
      return true;
    },
    markResent: async (_tx, { id, letters, lastLetterAt, expiresAt }) =>
      all.get(id)?.letters === letters - 1 && change(id, { letters, lastLetterAt, expiresAt }),
    markAccepted: async (_tx, id, acceptedBy, endedAt) =>
      change(id, { status: 'accepted', acceptedBy, endedAt }),
    markDeclined: async (_tx, id, endedAt) => change(id, { status: 'declined', endedAt }),
    markWithdrawn: async (_tx, id, endedAt) => change(id, { status: 'withdrawn', endedAt }),
    markExpired: async (_tx, id, endedAt) => change(id, { status: 'expired', endedAt }),
    withdrawAllBy: async (_tx, organizationId, invitedBy, endedAt) => {
      for (const one of all.values())
        if (one.organizationId === organizationId && one.invitedBy === invitedBy)
          change(one.id, { status: 'withdrawn', endedAt });
    },
  };
};
