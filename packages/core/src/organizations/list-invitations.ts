import type { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { idSchema } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import { type InvitationView, invitationView } from './invitation.ts';
import type { InvitationStore } from './ports.ts';

export const listInvitationsSchema = pageRequestSchema.extend({ organizationId: idSchema('org') });
export type ListInvitations = z.output<typeof listInvitationsSchema>;

export type ListInvitationsDeps = {
  readonly invitations: Pick<InvitationStore, 'listOpen'>;
  readonly clock: Clock;
};

/** Invitations that were neither accepted nor withdrawn, oldest first; those that ran out say so. Throws `cursor.invalid`. */
export const listInvitations = async (
  { invitations, clock }: ListInvitationsDeps,
  { organizationId, ...page }: ListInvitations,
): Promise<Page<InvitationView>> => {
  const { items, nextCursor } = await invitations.listOpen(organizationId, page);
  const now = clock.now();
  return { nextCursor, items: items.map((invitation) => invitationView(invitation, now)) };
};
