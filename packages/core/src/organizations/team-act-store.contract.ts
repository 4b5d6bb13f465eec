import { describe, expect, test } from 'vitest';
import type { Id, OrganizationId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import type { TeamActStore } from './ports.ts';
import type { TeamAct } from './team-act.ts';

const org = (n: number): OrganizationId => `org_${String(n).padStart(26, '0')}` as Id<'org'>;
const exampleAct = (organizationId: OrganizationId): Omit<TeamAct, 'number'> => ({
  organizationId,
  kind: 'role_changed',
  by: { userId: `usr_${'1'.repeat(26)}` as Id<'usr'>, username: 'olga', as: 'owner' },
  member: { userId: `usr_${'2'.repeat(26)}` as Id<'usr'>, username: 'sam' },
  invited: null,
  role: 'scanner',
  what: null,
  at: new Date('2026-06-01T12:00:00.000Z'),
});

/** What every TeamActStore promises. `open` gives an empty store of its own. */
export const teamActStoreContract = (
  open: () => Promise<AsyncDisposable & { teamActs: TeamActStore; unitOfWork: UnitOfWork }>,
): void => {
  describe('team act store', () => {
    const filled = async (count: number) => {
      const store = await open();
      const record = (organizationId: OrganizationId) =>
        store.unitOfWork.run((tx) => store.teamActs.record(tx, exampleAct(organizationId)));
      for (let n = 0; n < count; n += 1) await record(org(1));
      await record(org(2));
      return { ...store, record, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
    };

    test('numbers the acts of each organization by themselves, and lists them page by page, newest first, each once', async () => {
      await using store = await filled(5);
      const seen: TeamAct[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.teamActs.list(org(1), { cursor, limit: 2 });
        seen.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual([5, 4, 3, 2, 1].map((number) => ({ ...exampleAct(org(1)), number })));
      expect((await store.teamActs.list(org(2), { limit: 2 })).items.map(({ number }) => number)).toEqual([
        1,
      ]);
      await expect(store.teamActs.list(org(1), { cursor: 'x', limit: 2 })).rejects.toMatchObject({
        code: 'cursor.invalid',
      });
    });

    test('acts that are recorded at once get numbers without gaps and none twice', async () => {
      await using store = await filled(1);
      await Promise.all(Array.from({ length: 4 }, () => store.record(org(1))));
      const { items } = await store.teamActs.list(org(1), { limit: 20 });
      expect(items.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
    });
  });
};
