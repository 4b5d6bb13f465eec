import type { Event } from '../events/event.ts';
import type { EventLayout } from '../inventory/layout.ts';
import type { UnitId } from '../inventory/unit.ts';
import { quoteFor } from '../pricing/quote.ts';
import { addMs } from '../shared/clock.ts';
import type { EventId } from '../shared/ids.ts';
import type { OutboxMessage } from '../shared/outbox.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { lastOfferAt, offerEnd, waitlistOf } from '../waitlist/offer-end.ts';
import { type OfferPlan, planOffers } from '../waitlist/plan-offers.ts';
import { waitedPoolOf } from '../waitlist/pool-key.ts';
import { WAITLIST_OWNER } from './free-units.ts';
import { type OpenOfferDeps, openOffer } from './open-offer.ts';
import type { SaleDeps } from './sale-deps.ts';

export type MakeOffersDeps = OpenOfferDeps &
  Pick<SaleDeps, 'unitOfWork' | 'saleEvents' | 'waitlistEntries' | 'waitlists'>;

/** Offers of one transaction, well inside its 2 s; the next one goes on. */
const MOST_OFFERS = 20;
/** Units of the list and entries that one plan looks at. */
const MOST_UNITS = 500;
const MOST_ENTRIES = 500;

/**
 * One turn of an event's list: what the list has is offered to those whose turn it is, kept for a party that waited long enough, or put on
 * sale again. Read, decided and written in one transaction that takes the event's turn, so that two who do it at once come one after the other and
 * nothing is offered twice. Returns whether there is more to do.
 */
export const makeOffers = (
  deps: MakeOffersDeps,
  { event, layout }: { readonly event: Event; readonly layout: EventLayout },
): Promise<'more' | 'done'> =>
  deps.unitOfWork.run(async (tx) => {
    const eventId = event.id;
    const now = deps.clock.now();
    const { pausedAt } = await deps.waitlists.takeTurn(tx, eventId);
    const current = await deps.saleEvents.find(eventId, tx);
    const expiresAt = current === null ? null : offerEnd(current, now);
    if (current === null || expiresAt === null || pausedAt !== null) return 'done';

    const all = await deps.claims.listOwned(eventId, WAITLIST_OWNER, tx);
    const claimed = all.slice(0, MOST_UNITS);
    if (claimed.length === 0) return 'done';
    const list = claimed.flatMap(({ unitId }) => layout.findUnit(unitId) ?? []);
    const pools = [...new Set(list.map(({ unitId }) => waitedPoolOf(layout, unitId)))];
    const entries = await deps.waitlistEntries.listWaiting(
      eventId,
      pools.filter((pool) => pool !== null),
      MOST_ENTRIES,
      tx,
    );
    const plan = planOffers(layout, entries, list);
    for (const { entry, units } of plan.offers.slice(0, MOST_OFFERS))
      await openOffer(deps, tx, {
        entry,
        units,
        layout,
        quote: quoteFor(event, new Set(units.map((unit) => layout.poolOf(unit).priceCategory))),
        expiresAt,
        madeBy: null,
        mode: waitlistOf(current).mode,
      });
    if (plan.offers.length > MOST_OFFERS) return 'more';
    await passOn(deps, tx, eventId, plan, addMs(lastOfferAt(current), 1));
    // What was not looked at is looked at next, as long as that gets any further.
    const moved = plan.offers.length + plan.released.length > 0;
    return moved && all.length > MOST_UNITS ? 'more' : 'done';
  });

/** What is left when everybody who fits has an offer. */
const passOn = async (
  deps: MakeOffersDeps,
  tx: Tx,
  eventId: EventId,
  { skipped, kept, released }: OfferPlan,
  keptUntil: Date,
): Promise<void> => {
  await deps.waitlistEntries.countSkip(
    tx,
    skipped.map(({ id }) => id),
  );
  const rows: OutboxMessage[] = [];
  const unitIds = released.map(({ unitId }) => unitId);
  if (unitIds.length > 0) rows.push(await putOnSale(deps, tx, eventId, unitIds));
  // When nothing is offered any more, what was kept goes back on sale, whoever still waits.
  if (kept.length > 0)
    rows.push({
      job: 'waitlist.promote',
      payload: { eventId },
      dueAt: keptUntil,
      key: `promote:${eventId}:${keptUntil.getTime()}`,
    });
  await deps.outbox.add(tx, rows);
};

/** Units of the list are nobody's; gives the row that tells Redis. */
export const putOnSale = async (
  { claims, clock }: Pick<SaleDeps, 'claims' | 'clock'>,
  tx: Tx,
  eventId: EventId,
  unitIds: readonly UnitId[],
): Promise<OutboxMessage> => {
  const freed = await claims.deleteOwned(tx, eventId, WAITLIST_OWNER, unitIds);
  return {
    job: 'inventory.settle_claims',
    payload: { eventId, from: WAITLIST_OWNER, unitIds: freed },
    dueAt: clock.now(),
  };
};
