import type { RoomPace } from '../events/event.ts';
import type { EventId, UserId, VisitorId } from '../shared/ids.ts';

/** Whom a pass is given to: an account, or a visitor who has not logged in. */
export type QueuePerson = UserId | VisitorId;

/** What a pass says. `number`: counts those who joined, from 0; nobody else of the event has it. */
export type QueuePass = {
  readonly eventId: EventId;
  readonly person: QueuePerson;
  readonly number: number;
};

export type QueuePasses = {
  readonly issue: (pass: QueuePass) => string;
  /** null for anything that we did not issue. */
  readonly read: (token: string) => QueuePass | null;
};

/** What Redis knew of a room at one moment. */
export type RoomGlance = {
  /** Of the Redis clock. */
  readonly now: Date;
  /** Of the event, as the gate has it; null: there is no copy of the event. */
  readonly revision: number | null;
  /** The next number; null: Redis does not know, or may know an older one. */
  readonly nextNumber: number | null;
};

/** What a process remembers of it: one read per event and 250 ms, however many ask. `now` goes on by the process's own clock. */
export type RoomGlances = {
  readonly get: (eventId: EventId) => Promise<RoomGlance>;
  /** Read from Redis now. */
  readonly refresh: (eventId: EventId) => Promise<RoomGlance>;
};

export type NumberRequest = {
  readonly eventId: EventId;
  readonly person: QueuePerson;
  /** The number on a pass that the person has; told again to a Redis that forgot it. */
  readonly keep: number | null;
  /** A number of this person whose turn is over: it is no longer his. */
  readonly over: number | null;
  /** The pace now; null before the opening. */
  readonly pace: RoomPace | null;
};

/**
 * Gives numbers, one script each. The same person gets the same number until its turn is over or used. After the opening a number is above what
 * the line has reached, so that turns which nobody waited for are not saved up. No number is ever given twice, though Redis lose everything, or come back older than it was.
 */
export type RoomDesk = { readonly numberFor: (request: NumberRequest) => Promise<number> };

/** Numbers of an event, reserved in Mongo in blocks before Redis gives them out. */
export type NumberBlocks = {
  /** The next block at or above `atLeast`: from, and below `to`. Nobody else gets any of it. */
  readonly reserve: (
    eventId: EventId,
    atLeast: number,
    size: number,
  ) => Promise<{ from: number; to: number }>;
  /** Above every number that was ever reserved. */
  readonly end: (eventId: EventId) => Promise<number>;
};

/** Random seeds, 128 bits as hex. */
export type SeedSource = { readonly next: () => string };

/** How often one address may join. false: not now. */
export type JoinLimit = { readonly take: (address: string) => Promise<boolean> };
