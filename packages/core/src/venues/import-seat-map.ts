import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { type IdSource, idSchema } from '../shared/ids.ts';
import { lineSchema } from '../shared/text.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { getVenue } from './get-venue.ts';
import { parseSeatCsv } from './parse-seat-csv.ts';
import { parseSeatingPlan } from './parse-seating-plan.ts';
import type { SeatMapStore, VenueStore } from './ports.ts';
import type { SeatMap } from './seat-map.ts';

export const importSeatMapInput = z.object({
  organizationId: idSchema('org'),
  venueId: idSchema('ven'),
  /** `plan`: seating-plan JSON. `csv`: section,row,seat,category,x,y,accessible. */
  format: z.enum(['plan', 'csv']),
  /** The file's text. */
  content: z.string(),
  /** For people; the plan's own name, or the venue's, when absent. */
  name: lineSchema(200).optional(),
});
export type ImportSeatMap = z.output<typeof importSeatMapInput>;

type Deps = {
  readonly venues: VenueStore;
  readonly seatMaps: SeatMapStore;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
};

/**
 * Stores the next version of a venue's seat map. Nothing is stored when anything is wrong: `seat_map.faulty` names every
 * fault with its place (the first 5,000 of them). Throws `thing.not_found` for an unknown or foreign venue.
 */
export const importSeatMap = async (deps: Deps, command: ImportSeatMap): Promise<SeatMap> => {
  const venue = await getVenue(deps, command);
  const parsed =
    command.format === 'plan' ? parseSeatingPlan(command.content) : parseSeatCsv(command.content);
  if (!parsed.ok) throw new DomainError('seat_map.faulty', { faults: parsed.faults, total: parsed.total });
  const seatMap: SeatMap = {
    id: deps.ids.next('map'),
    organizationId: command.organizationId,
    venueId: venue.id,
    version: await deps.venues.takeSeatMapVersion(venue.id),
    name: command.name ?? (parsed.name?.trim() || venue.name),
    categories: parsed.categories,
    seatCount: parsed.seats.length,
    accessibleCount: parsed.seats.filter((seat) => seat.accessible).length,
    ignored: parsed.ignored,
    createdAt: deps.clock.now(),
  };
  await deps.seatMaps.stageSeats(seatMap.id, parsed.seats);
  await deps.unitOfWork.run((tx) => deps.seatMaps.insert(tx, seatMap));
  return seatMap;
};
