import { describe, expect, test } from 'vitest';
import type { Id } from '../shared/ids.ts';
import type { SessionStore } from './ports.ts';
import { rotateSession, type Session, startSession } from './session.ts';

/** Ahead of the real time, because MongoDB's TTL monitor goes by that. */
const at = new Date(Date.UTC(2090, 0, 1));
const later = new Date(at.getTime() + 1_000);

export const exampleSession = (): Session =>
  startSession(`ses_${'1'.repeat(26)}` as Id<'ses'>, `usr_${'1'.repeat(26)}` as Id<'usr'>, 'salt', at);

/** What every SessionStore promises. `open` gives an empty store of its own. */
export const sessionStoreContract = (
  open: () => Promise<AsyncDisposable & { sessions: SessionStore }>,
): void => {
  describe('session store', () => {
    test('finds what was stored, and nothing else', async () => {
      await using store = await open();
      const session = exampleSession();
      expect(await store.sessions.find(session.id)).toBeNull();
      await store.sessions.insert(session);
      expect(await store.sessions.find(session.id)).toEqual(session);
    });

    test('of parallel rotations of one generation a single one is saved', async () => {
      await using store = await open();
      const session = exampleSession();
      await store.sessions.insert(session);
      const saved = await Promise.all(
        Array.from({ length: 20 }, () => store.sessions.saveRotation(rotateSession(session, later))),
      );
      expect(saved.filter(Boolean)).toHaveLength(1);
      expect(await store.sessions.find(session.id)).toEqual(rotateSession(session, later));
    });

    test('an ended session is not rotated, and its end is not told anew', async () => {
      await using store = await open();
      const session = exampleSession();
      await store.sessions.insert(session);
      await store.sessions.end(session.id, 'reused', at);
      await store.sessions.end(session.id, 'logged_out', later);
      expect(await store.sessions.saveRotation(rotateSession(session, later))).toBe(false);
      expect(await store.sessions.find(session.id)).toEqual({ ...session, endedAt: at, endReason: 'reused' });
    });

    test('all open sessions of an account end, but for the one that is excepted', async () => {
      await using store = await open();
      const id = (n: number) => `ses_${String(n).repeat(26)}` as Id<'ses'>;
      const stranger = `usr_${'2'.repeat(26)}` as Id<'usr'>;
      for (const n of [1, 2, 3]) await store.sessions.insert({ ...exampleSession(), id: id(n) });
      await store.sessions.insert({ ...exampleSession(), id: id(4), userId: stranger });
      await store.sessions.end(id(3), 'logged_out', at);
      const { userId } = exampleSession();
      expect(await store.sessions.endAll(userId, 'password_changed', later, { except: id(2) })).toEqual([
        id(1),
      ]);
      expect(await store.sessions.find(id(1))).toMatchObject({
        endedAt: later,
        endReason: 'password_changed',
      });
      for (const n of [2, 4]) expect(await store.sessions.find(id(n))).toMatchObject({ endedAt: null });
      expect(await store.sessions.find(id(3))).toMatchObject({ endReason: 'logged_out' });
      expect(await store.sessions.endAll(userId, 'password_changed', later)).toEqual([id(2)]);
    });

    test('tells which sessions ended since a moment', async () => {
      await using store = await open();
      const id = (n: number) => `ses_${String(n).repeat(26)}` as Id<'ses'>;
      for (const n of [1, 2, 3]) await store.sessions.insert({ ...exampleSession(), id: id(n) });
      await store.sessions.end(id(1), 'logged_out', at);
      await store.sessions.end(id(2), 'revoked', later);
      expect(await store.sessions.listEndedSince(later)).toEqual([id(2)]);
      expect((await store.sessions.listEndedSince(at)).sort()).toEqual([id(1), id(2)]);
    });

    test('open sessions are listed, the one used last first', async () => {
      await using store = await open();
      const id = (n: number) => `ses_${String(n).repeat(26)}` as Id<'ses'>;
      const { userId } = exampleSession();
      for (const n of [1, 2, 3]) await store.sessions.insert({ ...exampleSession(), id: id(n) });
      await store.sessions.insert({ ...exampleSession(), id: id(4), expiresAt: later });
      await store.sessions.end(id(3), 'logged_out', at);
      const rotated = rotateSession({ ...exampleSession(), id: id(1) }, later);
      await store.sessions.saveRotation(rotated);
      const listed = await store.sessions.listOpen(userId, later);
      expect(listed.map((session) => session.id)).toEqual([id(1), id(2)]);
      expect(listed[0]).toEqual(rotated);
    });

    test('tells where an account has begun sessions, also ended ones', async () => {
      await using store = await open();
      const session = { ...exampleSession(), network: '203.0.113.7' };
      await store.sessions.insert(session);
      await store.sessions.end(session.id, 'logged_out', at);
      expect(await store.sessions.hasBegunFrom(session.userId, '203.0.113.7')).toBe(true);
      expect(await store.sessions.hasBegunFrom(session.userId, '203.0.113.8')).toBe(false);
      const stranger = `usr_${'2'.repeat(26)}` as Id<'usr'>;
      expect(await store.sessions.hasBegunFrom(stranger, '203.0.113.7')).toBe(false);
    });

    test('a session that is unknown is neither rotated nor ended nor made', async () => {
      await using store = await open();
      const session = exampleSession();
      expect(await store.sessions.saveRotation(rotateSession(session, later))).toBe(false);
      await store.sessions.end(session.id, 'logged_out', at);
      expect(await store.sessions.find(session.id)).toBeNull();
    });
  });
};
