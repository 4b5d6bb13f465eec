import { describe, expect, test } from 'vitest';
import { addMs } from '../shared/clock.ts';
import type { Id, InvitationId, OrganizationId } from '../shared/ids.ts';
import type { Tx, UnitOfWork } from '../shared/unit-of-work.ts';
import { INVITATION_MS, type Invitation, MAX_INVITATION_TOKENS } from './invitation.ts';
import type { InvitationStore } from './ports.ts';

/** Ahead of the real time, because MongoDB's TTL monitor goes by that. */
const now = new Date(Date.UTC(2090, 0, 1));
const invId = (n: number): InvitationId => `inv_${String(n).padStart(26, '0')}` as Id<'inv'>;
const org = (n: number): OrganizationId => `org_${String(n).padStart(26, '0')}` as Id<'org'>;
const ada = `usr_${'1'.repeat(26)}` as Id<'usr'>;
const bob = `usr_${'2'.repeat(26)}` as Id<'usr'>;

export const exampleInvitation = (n: number, changes: Partial<Invitation> = {}): Invitation => ({
  id: invId(n),
  organizationId: org(1),
  email: `Guest${n}@example.org`,
  emailKey: `guest${n}@example.org`,
  role: 'scanner',
  status: 'open',
  invitedBy: ada,
  letters: 1,
  lastLetterAt: now,
  expiresAt: addMs(now, INVITATION_MS),
  acceptedBy: null,
  endedAt: null,
  createdAt: now,
  ...changes,
});

type Opened = AsyncDisposable & { invitations: InvitationStore; unitOfWork: UnitOfWork };

/** What every InvitationStore promises. `open` gives an empty store of its own. */
export const invitationStoreContract = (open: () => Promise<Opened>): void => {
  const inTx = <T>({ unitOfWork }: Opened, work: (tx: Tx) => Promise<T>): Promise<T> => unitOfWork.run(work);
  const filled = async (...all: Invitation[]) => {
    const store = await open();
    for (const one of all) await inTx(store, (tx) => store.invitations.insert(tx, one));
    return store;
  };

  describe('invitation store', () => {
    test('an address has at most one open invitation to an organization', async () => {
      await using store = await filled(exampleInvitation(1));
      const again = exampleInvitation(2, { emailKey: 'guest1@example.org' });
      const insert = (one: Invitation) => inTx(store, (tx) => store.invitations.insert(tx, one));
      await expect(insert(again)).rejects.toMatchObject({ code: 'invitation.open_already' });
      await insert({ ...again, id: invId(3), organizationId: org(2) });
      await inTx(store, (tx) => store.invitations.markWithdrawn(tx, invId(1), now));
      await insert(again);
      expect(await store.invitations.findOpen(org(1), 'guest1@example.org')).toEqual(again);
    });

    test('is found by its organization only', async () => {
      await using store = await filled(exampleInvitation(1));
      expect(await store.invitations.findOwn(org(1), invId(1))).toEqual(exampleInvitation(1));
      expect(await store.invitations.findOwn(org(2), invId(1))).toBeNull();
      expect(await store.invitations.find(invId(2))).toBeNull();
    });

    test('is found by the hashes of its latest letters, and shows none of them', async () => {
      await using store = await filled(exampleInvitation(1), exampleInvitation(2));
      for (let n = 0; n <= MAX_INVITATION_TOKENS; n += 1)
        expect(await store.invitations.addToken(invId(1), `hash${n}`)).toBe(true);
      expect(await store.invitations.findByToken('hash0')).toBeNull();
      for (let n = 1; n <= MAX_INVITATION_TOKENS; n += 1)
        expect(await store.invitations.findByToken(`hash${n}`)).toEqual(exampleInvitation(1));
    });

    test('what has ended takes no token, no letter and no other end', async () => {
      await using store = await filled(exampleInvitation(1));
      const { invitations } = store;
      expect(await inTx(store, (tx) => invitations.markAccepted(tx, invId(1), bob, now))).toBe(true);
      const ended = await invitations.find(invId(1));
      expect(ended).toMatchObject({ status: 'accepted', acceptedBy: bob, endedAt: now });
      expect(await invitations.addToken(invId(1), 'hash')).toBe(false);
      for (const change of [
        (tx: Tx) => invitations.markAccepted(tx, invId(1), ada, now),
        (tx: Tx) => invitations.markDeclined(tx, invId(1), now),
        (tx: Tx) => invitations.markWithdrawn(tx, invId(1), now),
        (tx: Tx) => invitations.markExpired(tx, invId(1), now),
        (tx: Tx) => invitations.markResent(tx, exampleInvitation(1, { letters: 2 })),
      ])
        expect(await inTx(store, change)).toBe(false);
      expect(await invitations.find(invId(1))).toEqual(ended);
    });

    test('a letter counts once, however many asked for it', async () => {
      await using store = await filled(exampleInvitation(1));
      const resent = exampleInvitation(1, {
        letters: 2,
        lastLetterAt: addMs(now, 1),
        expiresAt: addMs(now, 2),
      });
      expect(await inTx(store, (tx) => store.invitations.markResent(tx, resent))).toBe(true);
      expect(await inTx(store, (tx) => store.invitations.markResent(tx, resent))).toBe(false);
      expect(await store.invitations.find(invId(1))).toEqual(resent);
    });

    test('open ones are listed page by page, oldest first, each once, and no foreign ones', async () => {
      const all = [1, 2, 3, 4, 5].map((n) => exampleInvitation(n));
      const foreign = exampleInvitation(6, { organizationId: org(2) });
      await using store = await filled(...all, foreign, exampleInvitation(7));
      await inTx(store, (tx) => store.invitations.markWithdrawn(tx, invId(7), now));
      const seen: Invitation[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.invitations.listOpen(org(1), { cursor, limit: 2 });
        seen.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(all);
      await expect(store.invitations.listOpen(org(1), { cursor: 'x', limit: 2 })).rejects.toMatchObject({
        code: 'cursor.invalid',
      });
    });

    test('those of a time are counted, whatever became of them', async () => {
      await using store = await filled(
        exampleInvitation(1, { createdAt: addMs(now, -1) }),
        exampleInvitation(2),
        exampleInvitation(3),
        exampleInvitation(4, { organizationId: org(2) }),
      );
      await inTx(store, (tx) => store.invitations.markWithdrawn(tx, invId(3), now));
      expect(await inTx(store, (tx) => store.invitations.countSince(org(1), now, tx))).toBe(2);
    });

    test('those that one member made in one organization are withdrawn, and no others', async () => {
      await using store = await filled(
        exampleInvitation(1),
        exampleInvitation(2, { invitedBy: bob }),
        exampleInvitation(3, { organizationId: org(2) }),
      );
      await inTx(store, (tx) => store.invitations.withdrawAllBy(tx, org(1), ada, now));
      const statuses = await Promise.all([1, 2, 3].map((n) => store.invitations.find(invId(n))));
      expect(statuses.map((one) => one?.status)).toEqual(['withdrawn', 'open', 'open']);
    });
  });
};
