import type { Booking } from '@eventhorizon/core/bookings/booking';
import type { Event } from '@eventhorizon/core/events/event';
import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { type OfferByHandDeps, offerByHand } from '@eventhorizon/core/flows/offer-by-hand';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { withdrawOffer } from '@eventhorizon/core/flows/withdraw-offer';
import type { OfferId, UserId, WaitlistEntryId } from '@eventhorizon/core/shared/ids';
import type { ListedOffer } from '@eventhorizon/core/waitlist/listed-entry';
import type { Offer } from '@eventhorizon/core/waitlist/offer';
import { pauseWaitlist } from '@eventhorizon/core/waitlist/pause-waitlist';
import type { Waitlist } from '@eventhorizon/core/waitlist/ports';
import { mongoEvents } from '../mongo/events.ts';
import { newId } from './new-id.ts';
import { runJobs } from './run-jobs.ts';
import { type WaitlistWorld, waitlistWorld } from './waitlist-world.ts';

export type DeskWorld = WaitlistWorld & {
  /** The organizer at the desk. */
  readonly access: {
    readonly organizationId: Event['organizationId'];
    readonly userId: UserId;
    readonly role: 'owner';
  };
  /** One booking a seat. */
  readonly bookings: readonly (Booking & { readonly userId: UserId })[];
  /** These of them are given up, one after the other. */
  readonly comeBack: (...numbers: readonly number[]) => Promise<void>;
  readonly deskDeps: OfferByHandDeps;
  readonly pause: () => Promise<Waitlist>;
  readonly resume: () => Promise<Waitlist>;
  readonly offer: (
    entryId: WaitlistEntryId,
    how?: { readonly offerId?: OfferId; readonly quantity?: number },
    deps?: OfferByHandDeps,
  ) => Promise<ListedOffer>;
  readonly withdraw: (offer: Pick<Offer, 'id'>, deps?: SaleDeps) => Promise<ListedOffer>;
  /** How many notifications of this kind there are. */
  readonly told: (kind: string) => Promise<number>;
  readonly findings: () => Promise<string[]>;
  /** What the audit finds, and in what Redis differs from Mongo once the rows were handled: nothing. */
  readonly faults: () => Promise<unknown[]>;
};

/** A sold out event with a waitlist, and its organizer. */
export const deskWorld = async (seats: number, change: Partial<Event> = {}): Promise<DeskWorld> => {
  const world = await waitlistWorld(change, { seats });
  const { deps, event, mongo } = world;
  const bookings: (Booking & { readonly userId: UserId })[] = [];
  for (let n = 0; n < seats; n += 1) bookings.push(await world.book(world.inventory.seat(n)));
  const { organizationId } = event;
  const access = { organizationId, userId: newId('usr'), role: 'owner' } as const;
  const deskDeps: OfferByHandDeps = { ...deps, ...world.bookDeps };
  const steer = (paused: boolean) =>
    pauseWaitlist({ ...deps, events: mongoEvents(mongo.db) }, { organizationId, eventId: event.id, paused });
  const findings = async () => [...new Set((await world.audit()).findings.map(({ kind }) => kind as string))];
  return {
    ...world,
    access,
    bookings,
    comeBack: async (...numbers) => {
      for (const [n, booking] of bookings.entries()) if (numbers.includes(n)) await world.giveUp(booking);
    },
    deskDeps,
    pause: () => steer(true),
    resume: () => steer(false),
    offer: (entryId, how = {}, using = deskDeps) =>
      offerByHand(using, { access, entryId, offerId: newId('ofr'), ...how }),
    withdraw: ({ id: offerId }, using = deps) => withdrawOffer(using, { access, offerId }),
    told: (kind) => mongo.db.collection('notifications').countDocuments({ 'notice.kind': kind }),
    findings,
    faults: async () => {
      await runJobs(world, { only: ['inventory.follow_claims', 'inventory.settle_claims'] });
      return [...(await findings()), ...(await auditMirror(deps, event.id)).differences];
    },
  };
};
