import type { LiveReading } from '@eventhorizon/core/inventory/live/read-live';
import type { EventId } from '@eventhorizon/core/shared/ids';
import type { LiveFrame } from './frame.ts';

/** Where one listener's messages go. Nothing here waits: a sink that cannot pass things on lets them pile up, and says so. */
export type LiveSink = {
  /** Before the first message. The listener comes back after `retryMs` when the stream breaks. */
  readonly start: (retryMs: number) => void;
  readonly send: (frame: LiveFrame) => void;
  /** Tells the network, and who watches it, that the stream is alive. */
  readonly beat: () => void;
  /** Bytes that were sent here and not taken by the network yet. */
  readonly backlogBytes: () => number;
  /** Bytes that the network has taken so far; rises while somebody reads. */
  readonly takenBytes: () => number;
  readonly isClosed: () => boolean;
  /** No more messages; what was sent is still delivered. */
  readonly end: () => void;
  /** Cuts the listener off, with all that it has not taken. */
  readonly drop: () => void;
};

/** Time as the hub sees it; tests turn it by hand. */
export type Timers = {
  readonly nowMs: () => number;
  /** Runs once; returns how to call it off. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** Lets everything else that is due run first. */
  readonly breathe: () => Promise<void>;
};

export type LiveLimits = {
  readonly maxListeners: number;
  readonly maxPerAddress: number;
  /** A listener with more than this unsent gets nothing more until it has taken most of it; then a snapshot. */
  readonly maxBacklogBytes: number;
  /** A listener that stays behind, or takes nothing of what waits for it, for so long is cut off. */
  readonly dropAfterMs: number;
};

export type LiveCounts = {
  readonly listeners: (by: 1 | -1) => void;
  readonly encoded: (kind: LiveFrame['message']['kind']) => void;
  /** A delta that was made, whoever listens. */
  readonly delta: () => void;
  readonly delivered: (kind: LiveFrame['message']['kind'], count: number) => void;
  /** Listeners that lost deltas because they were too slow, or were cut off for it. */
  readonly slow: (outcome: 'behind' | 'dropped') => void;
  readonly refused: (scope: 'process' | 'address') => void;
  readonly pace: (ms: number) => void;
};

/** Throws refusals as core's readLive does. */
export type ReadLive = (query: { readonly eventId: EventId }) => Promise<LiveReading>;
