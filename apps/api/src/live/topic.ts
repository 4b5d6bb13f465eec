import { deltaBetween } from '@eventhorizon/core/inventory/live/delta-between';
import { type LiveEnded, liveId } from '@eventhorizon/core/inventory/live/live-message';
import { FULL_PACE, type LiveLoad, nextPace, paceMs } from '@eventhorizon/core/inventory/live/next-pace';
import type { LiveReading } from '@eventhorizon/core/inventory/live/read-live';
import { resumeFrom } from '@eventhorizon/core/inventory/live/resume-from';
import { DomainError, isDomainError } from '@eventhorizon/core/shared/errors';
import { type Audience, createAudience } from './audience.ts';
import { createDeltaRing } from './delta-ring.ts';
import { frameOf, type LiveFrame } from './frame.ts';
import type { Listener, Offer } from './listener.ts';
import { createLookOut } from './look-out.ts';
import type { LiveCounts, LiveLimits, LiveSink, Timers } from './ports.ts';

export type TopicOptions = {
  readonly read: () => Promise<LiveReading>;
  /** Resolves when the bell is in place; it may ring from then on. */
  readonly listen: (ring: () => void) => Promise<() => void>;
  readonly timers: Timers;
  readonly limits: LiveLimits;
  readonly counts: LiveCounts;
  /** A fault that is no refusal and no outage. */
  readonly onError: (error: unknown) => void;
  /** Called once, when the last listener has left or the event has ended. */
  readonly onClosed: () => void;
};

export type Topic = {
  /** Rejects with the refusal when there is nothing to listen to. Resolves to how to leave. */
  readonly join: (sink: LiveSink, lastId: string | null, retryMs: number) => Promise<() => void>;
  readonly listeners: Audience['all'];
  readonly cutOff: Audience['cutOff'];
  /** Sets the pace by the load of the last moments; returns milliseconds from delta to delta. */
  readonly bear: (load: LiveLoad) => number;
  readonly attend: () => void;
  readonly close: () => void;
};

/** Who missed more than these is sent the snapshot: one shared buffer instead of many writes, when a crowd comes back at once. */
const MAX_RESUME_STEPS = 16;

/** Where the event stands: its id, what was read, and all of it as a frame for those without a delta. */
type Current = Omit<Offer, 'delta'> & { readonly reading: LiveReading };

/** Why a stream that cannot be read any more is over for good; null: it may come back. */
const endOf = (error: unknown): LiveEnded['reason'] | null => {
  if (isDomainError(error, 'sale.closed')) return error.details.reason;
  return isDomainError(error, 'thing.not_found') ? 'not_published' : null;
};

/**
 * One event in this process: one subscription, one look at a time, each message encoded once, however many listen. A listener's
 * position decides what it is sent, so it does not matter what happens in which order: who has a delta's beginning gets the
 * delta, who has its end gets nothing, everybody else gets a snapshot.
 */
export const createTopic = (options: TopicOptions): Topic => {
  const { read, listen, timers, counts, onError, onClosed } = options;
  const ring = createDeltaRing();
  const audience = createAudience({ ...options, onLeft: () => closeIfEmpty() });
  let joining = 0;
  let pace = FULL_PACE;
  let current: Current | null = null;
  /** What was said when it could not be read any more; null while it can. */
  let stale: LiveFrame | null = null;
  let refusal: unknown = null;
  let closed = false;
  let stopListening: () => void = () => undefined;

  const close = (): void => {
    if (closed) return;
    closed = true;
    lookOut.stop();
    stopListening();
    onClosed();
  };
  const closeIfEmpty = (): void => {
    if (audience.size() + joining === 0) close();
  };
  const encode = (id: string, message: LiveFrame['message']): LiveFrame => {
    counts.encoded(message.kind);
    return frameOf(id, message);
  };
  const currentOf = (reading: LiveReading): Current => {
    const id = liveId(reading.snapshot);
    let frame: LiveFrame | null = null;
    const snapshot = () => {
      frame ??= encode(id, reading.message());
      return frame;
    };
    return { id, reading, snapshot };
  };

  const take = async (reading: LiveReading): Promise<void> => {
    const before = current;
    const now = currentOf(reading);
    if (before?.id === now.id && stale === null) return;
    const change =
      before === null || stale !== null ? null : deltaBetween(before.reading.snapshot, reading.snapshot);
    if (stale !== null) audience.mistrustAll();
    [current, stale, refusal] = [now, null, null];
    if (before === null || change === null) {
      ring.clear();
      return audience.serveAll({ ...now, delta: null });
    }
    const delta = { from: before.id, frame: encode(now.id, change) };
    counts.delta();
    ring.push({ ...delta, id: now.id });
    return audience.serveAll({ ...now, delta });
  };
  const fail = async (error: unknown): Promise<void> => {
    const reason = endOf(error);
    if (current === null || reason !== null) refusal = error;
    if (!isDomainError(error)) onError(error);
    if (closed || current === null) return;
    if (reason !== null) {
      audience.dismiss(encode(current.id, { kind: 'ended', reason }));
      close();
    } else if (stale === null) {
      stale = encode(current.id, { kind: 'stale' });
      await audience.say(stale);
    }
  };
  const look = async (): Promise<'seen' | 'blind'> => {
    try {
      const reading = await read();
      if (!closed) await take(reading);
      return 'seen';
    } catch (error) {
      await fail(error);
      return 'blind';
    }
  };
  const lookOut = createLookOut(look, timers, () => paceMs(pace));

  /** First the bell, then the look: a change between the two in the other order would go unheard. */
  const open = async (): Promise<void> => {
    const stop = await listen(lookOut.ring);
    if (closed) stop();
    else stopListening = stop;
    await lookOut.begin();
  };
  const opened = open();

  const welcome = (listener: Listener, now: Current, lastId: string | null): void => {
    const steps = ring.steps();
    const found = resumeFrom(lastId, now.id, steps);
    const isLong = found.kind === 'steps' && steps.length - found.first > MAX_RESUME_STEPS;
    const resume = isLong ? ({ kind: 'snapshot' } as const) : found;
    if (resume.kind === 'steps') {
      for (const { frame } of steps.slice(resume.first)) listener.sink.send(frame);
      counts.delivered('delta', steps.length - resume.first);
    }
    if (resume.kind !== 'snapshot') listener.at = now.id;
    audience.serve(listener, { ...now, delta: null });
    if (stale !== null) listener.sink.send(stale);
  };

  return {
    join: async (sink, lastId, retryMs) => {
      joining += 1;
      try {
        await opened;
        if (refusal !== null) throw refusal;
        if (closed || current === null) throw new DomainError('busy.try_again', { retryAfterMs: retryMs });
        if (sink.isClosed()) return () => undefined;
        const listener = audience.add(sink);
        sink.start(retryMs);
        welcome(listener, current, lastId);
        return () => audience.remove(listener);
      } finally {
        joining -= 1;
        closeIfEmpty();
      }
    },
    listeners: audience.all,
    cutOff: audience.cutOff,
    bear: (load) => {
      pace = nextPace(pace, load);
      return paceMs(pace);
    },
    attend: () => {
      if (current !== null) audience.attend({ ...current, delta: null });
    },
    close,
  };
};
