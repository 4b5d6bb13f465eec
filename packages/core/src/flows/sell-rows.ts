import { type AttendeeImport, type AttendeeRow, LETTER_EVERY_MS } from '../attendees/attendee-import.ts';
import type { AttendeeRowStore } from '../attendees/ports.ts';
import type { Booking } from '../bookings/booking.ts';
import { personOf } from '../bookings/person-of.ts';
import { BookingExists } from '../bookings/ports.ts';
import type { Hold } from '../holds/hold.ts';
import { type PlaceHoldDeps, placeHold } from '../holds/place-hold.ts';
import type { HoldStore } from '../holds/ports.ts';
import { addMs } from '../shared/clock.ts';
import { DomainError, isDomainError } from '../shared/errors.ts';
import { movedMeanwhile } from './confirm-bookings.ts';
import { correctMirror } from './correct-mirror.ts';
import { type DraftSaleDeps, draftSale, type SaleDraft } from './draft-sale.ts';
import type { SaleDeps } from './sale-deps.ts';
import { type SaveSalesDeps, saveSales } from './save-sales.ts';

export type SellRowsDeps = Omit<PlaceHoldDeps, 'holds'> &
  DraftSaleDeps &
  SaveSalesDeps &
  Pick<SaleDeps, 'mirror' | 'claims'> & {
    readonly holds: Pick<HoldStore, 'place' | 'find' | 'release'>;
    readonly rows: Pick<AttendeeRowStore, 'markSold' | 'markRefused'>;
  };

type Batch = AttendeeImport & {
  readonly isOurs: () => Promise<boolean>;
};
type Ready = { readonly row: AttendeeRow; readonly hold: Hold; readonly draft: SaleDraft };

/** How often a line that does not care which unit it gets tries another, when its own is gone by Mongo's word. */
const MAX_UNITS_TRIED = 3;

/**
 * Sells these lines of an import, all in one transaction where none is in the way of the others; else each in its own, so that what is
 * refused refuses its own line only. Throws what may pass by itself (a busy or unreachable database, an inventory being restored):
 * the lines are then as they were, or sold, and the job comes back. Nothing is refused for a worker that `isOurs` says has lost
 * the import: what its line lacks, the other worker may have.
 */
export const sellRows = async (
  deps: SellRowsDeps,
  attendeeImport: AttendeeImport,
  rows: readonly AttendeeRow[],
  isOurs: () => Promise<boolean>,
): Promise<void> => {
  const batch: Batch = { ...attendeeImport, isOurs };
  const ready: Ready[] = [];
  const late: AttendeeRow[] = [];
  // One after the other: what "best" is, depends on what those before got.
  for (const row of rows) {
    try {
      ready.push(await prepare(deps, batch, row));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      late.push(row);
    }
  }
  try {
    await sell(deps, batch, ready);
  } catch (error) {
    // One line is less work than fifty: on a server that is too busy for all of them the import still gets on.
    if (!isRefusal(error) && !isDomainError(error, 'busy.try_again')) throw error;
    for (const one of ready) await refusing(deps, batch, one.row, () => sellAlone(deps, batch, one));
  }
  // Once more, and then for good: a line that was refused since may have given back what these lacked.
  for (const row of late)
    await refusing(deps, batch, row, async () => sellAlone(deps, batch, await prepare(deps, batch, row)));
};

const isRefusal = (error: unknown): error is DomainError =>
  isDomainError(error) && error.kind !== 'unavailable';

/** Runs `work`; a refusal is taken down with the line, and what it held is free for those that come after. */
const refusing = async (
  deps: SellRowsDeps,
  { eventId, organizationId, isOurs }: Batch,
  row: AttendeeRow,
  work: () => Promise<void>,
): Promise<void> => {
  if (!(await isOurs())) throw movedMeanwhile();
  try {
    await work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (!(await isOurs())) throw movedMeanwhile();
    await deps.rows.markRefused(row.importId, row.line, `${error.code}: ${error.message}`);
    // Should Redis not listen, the hold ends by itself.
    await deps.holds.release(eventId, row.holdId, organizationId).catch(() => undefined);
  }
};

const prepare = async (deps: SellRowsDeps, batch: Batch, row: AttendeeRow): Promise<Ready> => {
  const { organizationId, eventId, settlement, limitOverride, soldBy } = batch;
  const { holdId, selection, ticketTypeId, name, email, note, line } = row;
  const hold = await placeHold(deps, {
    eventId,
    holdId,
    owner: organizationId,
    house: { overLimit: false },
    selections: [selection],
  });
  const draft = await draftSale(
    deps,
    {
      organizationId,
      eventId,
      soldBy,
      channel: 'box_office',
      // Nobody is there to ask: a stranger who opened an account with a guest's address must not keep the guest out.
      accountNotTheirs: true,
      buyer: { name, email, phone: null },
      settlement,
      limitOverride,
      mailAt: batch.mail ? addMs(batch.createdAt, line * LETTER_EVERY_MS) : null,
      note,
      from: { importId: batch.id, line },
      lines: hold.units.map(({ unitId }) => ({ unitId, ticketTypeId, attendeeName: name })),
    },
    hold,
  );
  const due = draft.booking.total.amount;
  // Nobody has said that more, or less, was taken for it.
  if (due !== row.price) throw new DomainError('sale.amount_differs', { due, amount: row.price });
  return { row, hold, draft };
};

const sell = async (
  deps: SellRowsDeps,
  { id, eventId }: AttendeeImport,
  ready: readonly Ready[],
): Promise<void> => {
  if (ready.length === 0) return;
  const bookings = await saveSales(
    deps,
    eventId,
    ready.map(({ draft }) => draft),
    async (tx, made) => {
      const sold = ready.flatMap(({ row: { line } }, i) => {
        const booking = made[i];
        return booking === undefined ? [] : [{ line, bookingId: booking.id, reference: booking.reference }];
      });
      // Another worker was here, or the import was cancelled: nothing of this is sold twice, or after all.
      if ((await deps.rows.markSold(tx, id, sold)) !== ready.length) throw movedMeanwhile();
    },
  ).catch((error: unknown) => {
    // Under these holds somebody has sold them meanwhile.
    throw error instanceof BookingExists ? movedMeanwhile() : error;
  });
  await tellRedis(deps, bookings, ready);
};

const sellAlone = async (deps: SellRowsDeps, batch: Batch, first: Ready): Promise<void> => {
  let one = first;
  for (let tried = 1; ; tried += 1) {
    try {
      await sell(deps, batch, [one]);
      return;
    } catch (error) {
      if (!isDomainError(error, 'units.taken')) throw error;
      await correctMirror(deps, batch.eventId, one.hold.units);
      if (one.row.selection.kind === 'seats' || tried >= MAX_UNITS_TRIED) throw error;
      one = await prepare(deps, batch, one.row);
    }
  }
};

/** So that nobody is shown these units as held. Redis may fail here: the `mark` rows tell it the same. */
const tellRedis = async (
  { mirror }: Pick<SaleDeps, 'mirror'>,
  bookings: readonly Booking[],
  ready: readonly Ready[],
): Promise<void> => {
  await Promise.allSettled(
    bookings.map((booking, i) =>
      mirror.follow({
        eventId: booking.eventId,
        owner: booking.id,
        person: personOf(booking),
        change: 'mark',
        units: ready[i]?.hold.units ?? [],
      }),
    ),
  );
};
