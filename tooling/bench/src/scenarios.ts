import type { Scenario } from './scenario.ts';
import { availability } from './scenarios/availability.ts';
import { booking } from './scenarios/booking.ts';
import { finalize } from './scenarios/finalize.ts';
import { hold } from './scenarios/hold.ts';
import { largeEvent } from './scenarios/large-event.ts';
import { liveListeners } from './scenarios/live-listeners.ts';
import { seatWrite } from './scenarios/seat-write.ts';
import { soldOut } from './scenarios/sold-out.ts';

/** In this order: all before `finalize` run without a worker beside them, and `finalize` starts it. */
export const SCENARIOS: readonly Scenario[] = [
  availability,
  hold,
  soldOut,
  largeEvent,
  liveListeners,
  seatWrite,
  finalize,
  booking,
];
