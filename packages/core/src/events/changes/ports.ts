import type { EventChangeId, EventId } from '../../shared/ids.ts';
import type { Tx } from '../../shared/unit-of-work.ts';
import type { ChangeCounts, ChangePlace, EventChange } from './event-change.ts';

export type EventChangeStore = {
  readonly insert: (tx: Tx, change: EventChange) => Promise<void>;
  readonly find: (id: EventChangeId) => Promise<EventChange | null>;
  /** The last one of an event. */
  readonly findLatest: (eventId: EventId) => Promise<EventChange | null>;
  /** Adds to the counts, and one to what the present round has touched. */
  readonly noteTouched: (tx: Tx, id: EventChangeId, more: Partial<ChangeCounts>) => Promise<void>;
  readonly noteFailed: (tx: Tx, id: EventChangeId) => Promise<void>;
  /** Moves on if `from` is still where it stands (round and booking), keeping what was touched meanwhile. */
  readonly moveOn: (from: EventChange, after: ChangePlace['after']) => Promise<boolean>;
  /** A new round, if `from` is still where it stands: from the first booking on, with nothing touched and nothing failed. */
  readonly nextRound: (
    from: EventChange,
    next: Pick<ChangePlace, 'idleRounds' | 'restUntil'>,
  ) => Promise<boolean>;
  readonly markFinished: (from: EventChange, at: Date) => Promise<boolean>;
};
