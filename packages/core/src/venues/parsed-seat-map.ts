import type { ImportFault } from '../shared/import-fault.ts';
import type { Seat, SeatMapCategory } from './seat-map.ts';

/** What an import understood, or everything that is wrong with it. Seats are in the order of the file. */
export type ParsedSeatMap =
  | {
      readonly ok: true;
      /** null when the format has no name (CSV). */
      readonly name: string | null;
      readonly categories: readonly SeatMapCategory[];
      readonly seats: readonly Seat[];
      /** What was read over, with counts: `seat property uuid (12)`. */
      readonly ignored: readonly string[];
    }
  | { readonly ok: false; readonly faults: readonly ImportFault[]; readonly total: number };

export const faulty = (place: string, message: string): ParsedSeatMap => ({
  ok: false,
  faults: [{ place, message }],
  total: 1,
});

/** The largest file that is read at all, in UTF-16 units. 100,000 seats with long guids take about 25 million. */
export const MAX_IMPORT_LENGTH = 32 * 1024 * 1024;
