import { DomainError } from '../shared/errors.ts';

/** Roles of members. `platform_admin` is none of them: it is a property of the account. */
export const ROLES = ['owner', 'manager', 'seller', 'scanner', 'analyst'] as const;
export type Role = (typeof ROLES)[number];

/** Roles that can be given. Nobody is made owner but by transfer: an organization has exactly one. */
export const GIVABLE_ROLES = ['manager', 'seller', 'scanner', 'analyst'] as const satisfies readonly Role[];
export type GivableRole = (typeof GIVABLE_ROLES)[number];

/** In what right somebody acts in an organization. */
export type ActingRole = Role | 'platform_admin';

/** Everything that can be allowed in an organization, named by what it allows. */
export const CAPABILITIES = [
  'organization.read',
  'organization.write',
  'members.read',
  /** Within the rank of the own role: see team-rules.ts. */
  'members.write',
  'ownership.transfer',
  'venues.read',
  'venues.write',
  'events.read',
  'events.write',
  'events.publish',
  'sales.read',
  'bookings.read',
  /** Also the forced release of a stuck booking. */
  'bookings.write',
  'refunds.write',
  'tickets.read',
  'tickets.scan',
  /** Selling for others: at the box office, on the phone, complimentary, from a list of attendees. */
  'boxoffice.sell',
  /** Selling more than the event's limits allow, with a reason on record. */
  'boxoffice.override',
  /** Who waits is shown to those who may read bookings too; others see figures. */
  'waitlist.read',
  /** Pausing the list, offering by hand, taking offers back, removing entries. */
  'waitlist.write',
  'analytics.read',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

const everything: ReadonlySet<Capability> = new Set(CAPABILITIES);

/** The one table that decides who may do what. A scanner scans and nothing else; a seller sells within
 * the limits; an analyst reads figures, not persons. */
export const capabilitiesOf: Readonly<Record<ActingRole, ReadonlySet<Capability>>> = {
  platform_admin: everything,
  owner: everything,
  manager: new Set(
    CAPABILITIES.filter((capability) => !['organization.write', 'ownership.transfer'].includes(capability)),
  ),
  seller: new Set<Capability>(['events.read', 'bookings.read', 'boxoffice.sell', 'waitlist.read']),
  scanner: new Set<Capability>(['tickets.scan']),
  analyst: new Set<Capability>([
    'organization.read',
    'venues.read',
    'events.read',
    'sales.read',
    'waitlist.read',
    'analytics.read',
  ]),
};

export const isAllowed = (role: ActingRole, capability: Capability): boolean =>
  capabilitiesOf[role].has(capability);

/** Throws `capability.missing`. */
export const requireCapability = (role: ActingRole, capability: Capability): void => {
  if (!isAllowed(role, capability)) throw new DomainError('capability.missing', { capability, role });
};
