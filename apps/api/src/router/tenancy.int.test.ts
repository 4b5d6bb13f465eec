import { idSchema, type MembershipId } from '@eventhorizon/core/shared/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ApiDeps } from '../api-deps.ts';
import { createApp } from '../app.ts';
import { type RecordedCall, routerFacts, unguarded, unprovenIds } from '../testing/router-facts.ts';
import { bearer, refusalOf } from '../testing/test-client.ts';
import { attendeeProcedure } from '../trpc/procedures.ts';
import { t } from '../trpc/trpc.ts';
import { appRouter } from './app-router.ts';
import { adminTable } from './testing/admin-rows.ts';
import { attendeesTable } from './testing/attendees-rows.ts';
import { authTable } from './testing/auth-rows.ts';
import { availabilityTable } from './testing/availability-rows.ts';
import { bookingsTable } from './testing/bookings-rows.ts';
import { boxOfficeTable } from './testing/box-office-rows.ts';
import { eventsTable } from './testing/events-rows.ts';
import { saleTo } from './testing/foreign-things.ts';
import { holdsTable } from './testing/holds-rows.ts';
import { incidentsTable } from './testing/incidents-rows.ts';
import { invitationsTable } from './testing/invitations-rows.ts';
import { membersTable } from './testing/members-rows.ts';
import { organizationsTable } from './testing/organizations-rows.ts';
import { paymentsTable } from './testing/payments-rows.ts';
import { profileTable } from './testing/profile-rows.ts';
import { seatMapsTable } from './testing/seat-maps-rows.ts';
import type { TenancyTable } from './testing/tenancy-table.ts';
import { tenancyWorld } from './testing/tenancy-world.ts';
import { ticketsTable } from './testing/tickets-rows.ts';
import { transfersTable } from './testing/transfers-rows.ts';
import { venuesTable } from './testing/venues-rows.ts';
import { visitorsTable } from './testing/visitors-rows.ts';
import { waitingRoomTable } from './testing/waiting-room-rows.ts';
import { waitlistTable } from './testing/waitlist-rows.ts';

const tables = [
  adminTable,
  attendeesTable,
  authTable,
  availabilityTable,
  bookingsTable,
  boxOfficeTable,
  eventsTable,
  holdsTable,
  incidentsTable,
  invitationsTable,
  membersTable,
  organizationsTable,
  paymentsTable,
  profileTable,
  seatMapsTable,
  ticketsTable,
  transfersTable,
  venuesTable,
  visitorsTable,
  waitingRoomTable,
  waitlistTable,
];
const merged = <Value>(of: (table: TenancyTable) => Readonly<Record<string, Value>> | undefined) =>
  Object.fromEntries(tables.flatMap((table) => Object.entries(of(table) ?? {})));
const rows = merged((table) => table.rows);
const open = merged((table) => table.open);
const expected = merged((table) => table.expected);

const facts = routerFacts(appRouter);
let world: Awaited<ReturnType<typeof tenancyWorld>>;
beforeAll(async () => {
  world = await tenancyWorld();
}, 120_000);
afterAll(async () => world.api[Symbol.asyncDispose]());

describe('tenancy', () => {
  it('every procedure says in its router’s table what of others it takes, and only once', () => {
    const names = tables.flatMap((table) => Object.keys(table.rows));
    expect(names.sort()).toEqual(facts.map(({ path }) => path).sort());
  });

  it('every procedure that takes an organization’s id looks for a membership in it', () => {
    expect(unguarded(facts).filter((path) => !(`${path} organizationId` in open))).toEqual([]);
  });

  it.each(Object.entries(rows).flatMap(([name, calls]) => (calls === null ? [] : [{ name, calls }])))(
    '$name treats what is foreign as what does not exist',
    async ({ name, calls }) => {
      const outcomes = await Promise.all(calls(world.things).map(refusalOf));
      expect(outcomes.map(({ code }) => code)).toEqual(
        outcomes.map(() => expected[name] ?? 'thing.not_found'),
      );
    },
  );

  it('of every id that a procedure takes a foreign one was tried, or is said to be open', () => {
    const { calls, things } = world;
    const unproven = unprovenIds(facts, calls, new Set(Object.values(things.own)));
    expect(unproven.sort()).toEqual(Object.keys(open).sort());
  });

  it('twin: a procedure built without the membership check, or with an id that no call varies, is seen', () => {
    const input = z.object({
      organizationId: idSchema('org'),
      deep: z.array(z.object({ to: idSchema('evt') })),
    });
    const leaky = routerFacts(
      t.router({ leak: attendeeProcedure.input(input).query(() => 'shown'), fine: appRouter.venues.list }),
    );
    expect(unguarded(leaky)).toEqual(['leak']);
    const own = new Set(['org_mine', 'evt_mine']);
    const call = (organizationId: string, to: string) => ({
      path: 'leak',
      input: { organizationId, deep: [{ to }] },
    });
    const unproven = (...made: RecordedCall[]) => unprovenIds(leaky.slice(0, 1), made, own);
    expect(unproven(call('org_theirs', 'evt_theirs'))).toEqual(['leak deep[].to']);
    expect(unproven(call('org_mine', 'evt_theirs'))).toEqual(['leak organizationId']);
    expect(unproven(call('org_theirs', 'evt_mine'), call('org_mine', 'evt_theirs'))).toEqual([]);
  });

  it('their owner is let in by the same ids', async () => {
    const { alices, things } = world;
    const { organizationId, venueId, seatMapId, eventId } = things;
    await alices.venues.get.query({ organizationId, venueId });
    await alices.seatMaps.get.query({ organizationId, seatMapId });
    await alices.events.get.query({ organizationId, eventId });
  });

  it('twin: with everybody taken for a member, a foreign event is shown', async () => {
    const { api, things, mallorysToken } = world;
    const { organizationId, eventId } = things;
    const memberships: ApiDeps['memberships'] = {
      ...api.deps.memberships,
      find: async (organization, userId) => ({
        id: 'mbr_01h455vb4pex5vsknk084sn02q' as MembershipId,
        organizationId: organization,
        userId,
        role: 'owner',
        createdAt: new Date(0),
      }),
    };
    const input = encodeURIComponent(JSON.stringify({ organizationId, eventId }));
    const answer = await createApp({ ...api.deps, memberships }).request(`/trpc/events.get?input=${input}`, {
      headers: bearer(mallorysToken),
    });
    expect(answer.status).toBe(200);
  });

  it('releasing a foreign hold says the same as releasing none, and frees nothing', async () => {
    const { things } = world;
    const { foreignVisitor, heldEventId: eventId, holdId } = things;
    const heldNow = async () => {
      const { pools } = await things.api.availability.get.query({ eventId });
      return pools.reduce((sum, { held }) => sum + held, 0);
    };
    const before = await heldNow();
    expect(before).toBeGreaterThan(1);
    const { own, houseHoldId, adult } = things;
    const ofTheirs = { organizationId: own.organizationId, eventId, holdId: houseHoldId };
    await foreignVisitor.holds.release.mutate({ eventId, holdId });
    await things.api.boxOffice.release.mutate(ofTheirs);
    expect(
      await refusalOf(things.api.boxOffice.sell.mutate({ ...saleTo('Mallory', adult), ...ofTheirs })),
    ).toMatchObject({ code: 'hold.gone' });
    expect(await heldNow()).toBe(before);
  });
});
