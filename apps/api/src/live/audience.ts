import type { LiveFrame } from './frame.ts';
import { type Listener, newListener, type Offer, offer } from './listener.ts';
import type { LiveCounts, LiveLimits, LiveSink, Timers } from './ports.ts';

/** Listeners served before others get a turn of the event loop: some milliseconds. */
const SLICE = 250;

export type AudienceOptions = {
  readonly limits: LiveLimits;
  readonly counts: LiveCounts;
  readonly timers: Timers;
  readonly onLeft: () => void;
};

export type Audience = {
  readonly size: () => number;
  readonly all: () => Iterable<Listener>;
  readonly add: (sink: LiveSink) => Listener;
  readonly remove: (listener: Listener) => void;
  /** With all that it has not taken. */
  readonly cutOff: (listener: Listener) => void;
  readonly serve: (listener: Listener, now: Offer) => void;
  /** Serves everybody, a slice at a time. Who comes or goes meanwhile is no matter: positions decide. */
  readonly serveAll: (now: Offer) => Promise<void>;
  /** Serves those who had fallen behind and have caught up; cuts off those who do not. */
  readonly attend: (now: Offer) => void;
  /** Something besides versions, to everybody who has the version of its id. */
  readonly say: (frame: LiveFrame) => Promise<void>;
  /** Whoever is served next gets a snapshot. */
  readonly mistrustAll: () => void;
  /** The last message to everybody. */
  readonly dismiss: (frame: LiveFrame) => void;
};

/** Who listens to one event in this process. */
export const createAudience = ({ limits, counts, timers, onLeft }: AudienceOptions): Audience => {
  const listeners = new Set<Listener>();
  const behind = new Set<Listener>();

  const remove = (listener: Listener): void => {
    behind.delete(listener);
    if (!listeners.delete(listener)) return;
    counts.listeners(-1);
    onLeft();
  };
  const cutOff = (listener: Listener): void => {
    counts.slow('dropped');
    listener.sink.drop();
    remove(listener);
  };
  const serve = (listener: Listener, now: Offer): void => {
    const taken = offer(listener, now, limits, timers.nowMs());
    if (taken === 'has_it') return;
    if (taken === 'too_slow') {
      cutOff(listener);
    } else if (taken === 'behind') {
      if (!behind.has(listener)) counts.slow('behind');
      behind.add(listener);
    } else {
      behind.delete(listener);
      counts.delivered(taken, 1);
    }
  };
  const toAll = async (give: (listener: Listener) => void): Promise<void> => {
    let served = 0;
    for (const listener of listeners) {
      give(listener);
      served += 1;
      if (served % SLICE === 0) await timers.breathe();
    }
  };
  const tell = (listener: Listener, frame: LiveFrame): void => {
    listener.sink.send(frame);
    counts.delivered(frame.message.kind, 1);
  };

  return {
    size: () => listeners.size,
    all: () => listeners,
    add: (sink) => {
      const listener = newListener(sink, timers.nowMs());
      listeners.add(listener);
      counts.listeners(1);
      return listener;
    },
    remove,
    cutOff,
    serve,
    serveAll: (now) => toAll((listener) => serve(listener, now)),
    attend: (now) => {
      for (const listener of [...behind]) serve(listener, now);
    },
    say: (frame) =>
      toAll((listener) => {
        if (listener.at === frame.id) tell(listener, frame);
      }),
    mistrustAll: () => {
      for (const listener of listeners) listener.at = null;
    },
    dismiss: (frame) => {
      for (const listener of [...listeners]) {
        tell(listener, frame);
        listener.sink.end();
        remove(listener);
      }
    },
  };
};
