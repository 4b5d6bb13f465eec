import { GIVABLE_ROLES } from '@eventhorizon/core/organizations/capabilities';
import {
  INVITATION_KEPT_MS,
  INVITATION_STATUSES,
  type Invitation,
  invitationTransitions,
  MAX_INVITATION_TOKENS,
} from '@eventhorizon/core/organizations/invitation';
import type { InvitationStore } from '@eventhorizon/core/organizations/ports';
import { addMs } from '@eventhorizon/core/shared/clock';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { type InvitationId, idSchema } from '@eventhorizon/core/shared/ids';
import { sourcesOf } from '@eventhorizon/core/shared/state-machine';
import type { Tx } from '@eventhorizon/core/shared/unit-of-work';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { sessionOf } from './transaction.ts';

const invitationSchema = z.object({
  _id: idSchema('inv'),
  organizationId: idSchema('org'),
  email: z.string(),
  emailKey: z.string(),
  role: z.enum(GIVABLE_ROLES),
  status: z.enum(INVITATION_STATUSES),
  invitedBy: idSchema('usr'),
  letters: z.int(),
  lastLetterAt: z.date(),
  expiresAt: z.date(),
  acceptedBy: idSchema('usr').nullable(),
  endedAt: z.date().nullable(),
  createdAt: z.date(),
  /** Hashes of the tokens that were mailed, the newest last. */
  tokens: z.array(z.string()),
  forgetAt: z.date(),
});
type InvitationDoc = z.output<typeof invitationSchema>;

export const invitationsCollection = defineCollection({
  name: 'invitations',
  schema: invitationSchema,
  indexes: [
    {
      name: 'one_open_per_organization_and_email',
      key: { organizationId: 1, emailKey: 1 },
      unique: true,
      partialFilterExpression: { status: 'open' },
      why: 'an address has at most one open invitation to an organization',
    },
    { name: 'by_token', key: { tokens: 1 }, why: 'accepting by a token that was mailed' },
    {
      name: 'by_organization_and_status',
      key: { organizationId: 1, status: 1, _id: 1 },
      why: 'the open invitations of an organization, oldest first',
    },
    {
      name: 'by_organization_and_time',
      key: { organizationId: 1, createdAt: 1 },
      why: 'how many an organization made in the last day',
    },
    {
      name: 'forget_old',
      key: { forgetAt: 1 },
      expireAfterSeconds: 0,
      why: 'addresses of people who were invited are not kept for ever',
    },
  ],
});

/** Ids sort by creation, so the id of the last invitation is the place to go on from. */
const cursorSchema = z.tuple([idSchema('inv')]);

const toInvitation = (doc: InvitationDoc | null): Invitation | null => {
  if (doc === null) return null;
  const { tokens: _tokens, forgetAt: _forgetAt, ...rest } = doc;
  return fromDoc<Invitation>(rest);
};

const forgetAt = (expiresAt: Date): Date => addMs(expiresAt, INVITATION_KEPT_MS);

export const mongoInvitations = (db: Db): InvitationStore => {
  const invitations = collectionOf(db, invitationsCollection);
  const end = async (
    tx: Tx,
    id: InvitationId,
    to: Pick<Invitation, 'status' | 'endedAt'> & Partial<Pick<Invitation, 'acceptedBy'>>,
  ): Promise<boolean> => {
    const from = sourcesOf(invitationTransitions, to.status);
    const ended = await invitations.updateOne(
      { _id: id, status: { $in: from } },
      { $set: to },
      sessionOf(tx),
    );
    return ended.modifiedCount === 1;
  };
  return {
    insert: async (tx, invitation) => {
      const doc = { ...toDoc(invitation), tokens: [], forgetAt: forgetAt(invitation.expiresAt) };
      await invitations.insertOne(doc, sessionOf(tx)).catch((error: unknown) => {
        throw duplicateIndexOf(error) === 'one_open_per_organization_and_email'
          ? new DomainError('invitation.open_already', {}, { cause: error })
          : error;
      });
    },
    find: async (id) => toInvitation(await invitations.findOne({ _id: id })),
    findOwn: async (organizationId, id, tx) =>
      toInvitation(await invitations.findOne({ _id: id, organizationId }, sessionOf(tx))),
    findByToken: async (hash, tx) => toInvitation(await invitations.findOne({ tokens: hash }, sessionOf(tx))),
    findOpen: async (organizationId, emailKey, tx) =>
      toInvitation(await invitations.findOne({ organizationId, emailKey, status: 'open' }, sessionOf(tx))),
    countSince: (organizationId, since, tx) =>
      invitations.countDocuments({ organizationId, createdAt: { $gte: since } }, sessionOf(tx)),
    listOpen: async (organizationId, { cursor, limit }) => {
      const after = cursor === undefined ? {} : { _id: { $gt: decodeCursor(cursor, cursorSchema)[0] } };
      const found = await invitations
        .find({ organizationId, status: 'open', ...after })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .toArray();
      const { items, nextCursor } = pageOf(found, limit, ({ _id }) => [_id]);
      return { nextCursor, items: items.flatMap((doc) => toInvitation(doc) ?? []) };
    },
    addToken: async (id, hash) => {
      const added = await invitations.updateOne(
        { _id: id, status: 'open' },
        { $push: { tokens: { $each: [hash], $slice: -MAX_INVITATION_TOKENS } } },
      );
      return added.modifiedCount === 1;
    },
    markResent: async (tx, { id, letters, lastLetterAt, expiresAt }) => {
      const marked = await invitations.updateOne(
        { _id: id, status: 'open', letters: letters - 1 },
        { $set: { letters, lastLetterAt, expiresAt, forgetAt: forgetAt(expiresAt) } },
        sessionOf(tx),
      );
      return marked.modifiedCount === 1;
    },
    markAccepted: (tx, id, acceptedBy, endedAt) => end(tx, id, { status: 'accepted', acceptedBy, endedAt }),
    markDeclined: (tx, id, endedAt) => end(tx, id, { status: 'declined', endedAt }),
    markWithdrawn: (tx, id, endedAt) => end(tx, id, { status: 'withdrawn', endedAt }),
    markExpired: (tx, id, endedAt) => end(tx, id, { status: 'expired', endedAt }),
    withdrawAllBy: async (tx, organizationId, invitedBy, endedAt) => {
      await invitations.updateMany(
        { organizationId, status: 'open', invitedBy },
        { $set: { status: 'withdrawn', endedAt } },
        sessionOf(tx),
      );
    },
  };
};
