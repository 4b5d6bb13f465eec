import type { LiveDelta, LiveEnded, LiveMessage, LiveSnapshot } from './live-message.ts';

/** What a listener knows of an event. `seats`: see SEAT_STATES; read one with seatStateAt. */
export type LiveState = Omit<LiveSnapshot, 'kind' | 'seats'> & {
  readonly seats: Uint8Array;
  /** The server could not read availability lately. */
  readonly stale: boolean;
  /** Why there will be no more news; null while there may be. */
  readonly ended: LiveEnded['reason'] | null;
};

const stateOf = ({ kind: _kind, seats, ...rest }: LiveSnapshot): LiveState => ({
  ...rest,
  seats: Uint8Array.from(atob(seats), (character) => character.charCodeAt(0)),
  stale: false,
  ended: null,
});

const setSeat = (seats: Uint8Array, seat: number, state: number): void => {
  const shift = 6 - 2 * (seat & 3);
  const byte = seats[seat >> 2] ?? 0;
  seats[seat >> 2] = (byte & ~(3 << shift)) | (state << shift);
};

/** The state with a delta applied, as a new object. null: the delta is for another version, and only a snapshot helps. */
export const applyDelta = (state: LiveState, delta: LiveDelta): LiveState | null => {
  if (delta.epoch !== state.epoch || delta.from !== state.version) return null;
  const seats = new Uint8Array(Math.ceil(state.seatCount / 4));
  seats.set(state.seats.subarray(0, seats.length));
  for (let at = 0; at + 2 < delta.seats.length; at += 3) {
    const [first = 0, count = 0, value = 0] = delta.seats.slice(at, at + 3);
    for (let seat = first; seat < first + count; seat += 1) setSeat(seats, seat, value);
  }
  const pools = [...state.pools];
  for (const [index, free, held, taken] of delta.pools) {
    const pool = pools[index];
    if (pool !== undefined) pools[index] = { ...pool, free, held, taken };
  }
  return { ...state, version: delta.version, pools, seats, stale: false };
};

/**
 * The whole client: folds the messages of a stream into a state. Pure, and runs in browsers. null: nothing is known (yet);
 * ask for a snapshot by connecting without a last id.
 */
export const applyLive = (state: LiveState | null, message: LiveMessage): LiveState | null => {
  if (message.kind === 'snapshot') return stateOf(message);
  if (state === null) return null;
  if (message.kind === 'delta') return applyDelta(state, message);
  if (message.kind === 'stale') return { ...state, stale: true };
  return { ...state, ended: message.reason };
};
