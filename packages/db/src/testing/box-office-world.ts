import type { AttendeeImportStore, AttendeeRowStore } from '@eventhorizon/core/attendees/ports';
import type { BoxOfficeSale } from '@eventhorizon/core/bookings/box-office-input';
import type { Event } from '@eventhorizon/core/events/event';
import type { RunAttendeeImportDeps } from '@eventhorizon/core/flows/run-attendee-import';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import type { SellAtBoxOffice } from '@eventhorizon/core/flows/sell-at-box-office';
import type {
  StartAttendeeImport,
  StartAttendeeImportDeps,
} from '@eventhorizon/core/flows/start-attendee-import';
import type { Hold } from '@eventhorizon/core/holds/hold';
import type { Selection } from '@eventhorizon/core/holds/place-hold-input';
import { placeOrganizerHold } from '@eventhorizon/core/holds/place-organizer-hold';
import { followAddress } from '@eventhorizon/core/identity/follow-address';
import type { User } from '@eventhorizon/core/identity/user';
import type { Role } from '@eventhorizon/core/organizations/capabilities';
import type { OrganizationAccess } from '@eventhorizon/core/organizations/get-membership';
import type { MembershipStore } from '@eventhorizon/core/organizations/ports';
import { mongoAttendeeImports } from '../mongo/attendee-imports.ts';
import { mongoAttendeeRows } from '../mongo/attendee-rows.ts';
import { mongoMemberships } from '../mongo/memberships.ts';
import { mongoUsers } from '../mongo/users.ts';
import { createAvailabilityCache } from '../redis/availability-cache.ts';
import { newId } from './new-id.ts';
import { type SaleWorld, saleWorld } from './sale-world.ts';

export type OrganizerDeps = Omit<SaleDeps, 'holds' | 'mirror'> &
  RunAttendeeImportDeps &
  StartAttendeeImportDeps & {
    readonly imports: AttendeeImportStore;
    readonly rows: AttendeeRowStore;
    readonly memberships: MembershipStore;
  };

export type BoxOfficeWorld = SaleWorld & {
  readonly organizer: OrganizerDeps;
  readonly access: (role?: Role) => OrganizationAccess;
  /** Somebody else of the organization. */
  readonly member: (name: string, role: Role) => Promise<OrganizationAccess>;
  /** Opens an account. */
  readonly account: (email: string, verified: boolean) => Promise<User>;
  /** The account proves its address. */
  readonly prove: (user: User) => Promise<void>;
  /** A hold of the organization. */
  readonly holdFor: (selection: Selection, change?: { overLimit?: boolean; role?: Role }) => Promise<Hold>;
  /** Sells all of a hold for cash to Ada. */
  readonly sale: (hold: Hold, change?: Partial<SellAtBoxOffice>) => SellAtBoxOffice;
  readonly upload: (
    content: string,
    change?: Partial<StartAttendeeImport & { readonly access: OrganizationAccess }>,
  ) => StartAttendeeImport & { readonly access: OrganizationAccess };
};

export const places = (areaId: string, quantity = 1): Selection =>
  ({ kind: 'places', areaId, quantity, upTo: false }) as Selection;

/** A sale with an organizer at its box office. */
export const boxOfficeWorld = async (...args: Parameters<typeof saleWorld>): Promise<BoxOfficeWorld> => {
  const world = await saleWorld(...args);
  const { db } = world.mongo;
  const { inventory, deps, event } = world;
  const users = mongoUsers(db);
  const memberships = mongoMemberships(db);
  const organizer: OrganizerDeps = {
    ...deps,
    users,
    memberships,
    holds: inventory.holds,
    mirror: inventory.mirror,
    spentTurns: world.spentTurns,
    availability: createAvailabilityCache({
      reader: inventory.reader,
      layouts: inventory.layouts,
      clock: deps.clock,
    }),
    imports: mongoAttendeeImports(db),
    rows: mongoAttendeeRows(db),
    buyersWait: async () => false,
  };
  const { organizationId } = event;
  const member = async (name: string, role: Role): Promise<OrganizationAccess> => {
    const user = accountWith(`${name}@example.org`, true);
    await users.insert(user);
    const membership = { id: newId('mbr'), organizationId, userId: user.id, role, createdAt: new Date() };
    await deps.unitOfWork.run((tx) => memberships.insert(tx, membership));
    return { organizationId, userId: user.id, role };
  };
  const owner = await member('olga', 'owner');
  const access = (role: Role = 'owner'): OrganizationAccess => ({ ...owner, role });
  return {
    ...world,
    organizer,
    access,
    member,
    account: async (email, verified) => {
      const user = accountWith(email, verified);
      await deps.unitOfWork.run(async (tx) => {
        await users.insert(user, tx);
        await followAddress(deps, tx, user, { proved: verified, at: user.createdAt });
      });
      return user;
    },
    prove: (user) =>
      deps.unitOfWork.run(async (tx) => {
        const at = deps.clock.now();
        await users.markEmailVerified(user.id, user.emailKey, at, tx);
        await followAddress(deps, tx, user, { proved: true, at });
      }),
    holdFor: (selection, { overLimit = false, role = 'owner' } = {}) =>
      placeOrganizerHold(organizer, {
        eventId: event.id,
        holdId: newId('hld'),
        organizationId: event.organizationId,
        selections: [selection],
        overLimit,
        access: access(role),
      }),
    sale: (hold, change = {}) => ({
      ...saleOf(event, hold),
      access: access(),
      ...change,
    }),
    upload: (content, change = {}) => ({
      organizationId: event.organizationId,
      eventId: event.id,
      requestId: newId('imp'),
      content,
      settlement: { kind: 'complimentary', reason: 'guests of the house' },
      limitOverride: null,
      mail: false,
      dryRun: false,
      access: access(),
      ...change,
    }),
  };
};

const saleOf = (event: Event, hold: Hold): BoxOfficeSale => {
  const [type] = event.ticketTypes;
  if (type === undefined) throw new Error('the event has no ticket type');
  return {
    organizationId: event.organizationId,
    eventId: event.id,
    holdId: hold.id,
    channel: 'box_office',
    buyer: { name: 'Ada', email: 'ada@example.org', phone: null },
    settlement: { kind: 'paid', method: 'cash' },
    amount: hold.units.reduce((sum, { seat }) => sum + (type.prices[seat < 0 ? 'S' : 'A'] ?? 0), 0),
    note: null,
    limitOverride: null,
    accountNotTheirs: false,
    mail: true,
    lines: hold.units.map(({ unitId }) => ({ unitId, ticketTypeId: type.id, attendeeName: null })),
  };
};

const accountWith = (email: string, verified: boolean): User => {
  const now = new Date();
  return {
    id: newId('usr'),
    username: email.replace(/\W/g, '-'),
    usernameKey: email.replace(/\W/g, '-'),
    email,
    emailKey: email.toLowerCase(),
    emailVerifiedAt: verified ? now : null,
    passwordHash: 'none',
    passwordChangedAt: null,
    pendingEmail: null,
    isAdmin: false,
    suspension: null,
    profile: { name: null, phone: null, locale: 'en', birthYear: null, city: null, gender: null },
    createdAt: now,
    updatedAt: now,
  };
};
