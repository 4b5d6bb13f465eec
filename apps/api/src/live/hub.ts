import type { ChangeBell } from '@eventhorizon/core/inventory/ports';
import { DomainError } from '@eventhorizon/core/shared/errors';
import type { EventId } from '@eventhorizon/core/shared/ids';
import { BEAT_MS } from './frame.ts';
import { type Listener, progressOf } from './listener.ts';
import type { LiveCounts, LiveLimits, LiveSink, ReadLive, Timers } from './ports.ts';
import { createTopic, type Topic } from './topic.ts';

export type HubOptions = {
  readonly bell: ChangeBell;
  readonly read: ReadLive;
  /** How late the event loop was since it was asked last. */
  readonly lagMs: () => number;
  readonly timers: Timers;
  readonly limits: LiveLimits;
  readonly counts: LiveCounts;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
};

export type JoinRequest = {
  readonly eventId: EventId;
  /** The id of the last message that the listener got, from an earlier stream. */
  readonly lastId: string | null;
  /** null: nobody to count it against. */
  readonly address: string | null;
  readonly sink: LiveSink;
};

export type LiveHub = {
  /**
   * Sends an event's availability to `sink` from now on; resolves to how to leave. Rejects with what readLive refuses, with
   * `live.limited`, and while the process stops with `busy.try_again`: then nothing was sent.
   */
  readonly join: (request: JoinRequest) => Promise<() => void>;
  /** Ends all streams, so that their listeners connect to another process, and takes no more. */
  readonly stop: () => void;
};

/** How often load is looked at and the slow are attended to. */
const TICK_MS = 500;
/** Heartbeats in one tick: some milliseconds. Should all be due at once, the last of 10,000 waits 10 s longer. */
const BEATS_A_TICK = 500;
/** Listeners of a stream that broke come back spread over this time. */
const RETRY_MS = { least: 1_000, spread: 4_000 };
const LIMITED_RETRY_MS = 30_000;

/** All live streams of a process: a topic an event, one heartbeat, and the limits. */
export const createHub = (options: HubOptions): LiveHub => {
  const { bell, read, timers, limits, counts } = options;
  const topics = new Map<EventId, Topic>();
  const perAddress = new Map<string, number>();
  let places = 0;
  let stopped = false;
  let ticking = false;

  const everybody = function* (): Iterable<Listener> {
    for (const topic of topics.values()) yield* topic.listeners();
  };
  /** Looks at every listener of an event: beats where it is due, cuts off who takes nothing. Returns how many beats are left. */
  const attend = (topic: Topic, lagMs: number, beatsLeft: number): { beatsLeft: number; paceMs: number } => {
    const nowMs = timers.nowMs();
    let [taking, catchingUp, beats] = [0, 0, beatsLeft];
    for (const listener of topic.listeners()) {
      const progress = progressOf(listener, limits, nowMs);
      if (progress === 'lost') topic.cutOff(listener);
      if (progress === 'clear' || progress === 'catching_up') taking += 1;
      if (progress === 'catching_up') catchingUp += 1;
      else if (progress === 'clear' && nowMs - listener.sentAtMs >= BEAT_MS && beats > 0) {
        beats -= 1;
        listener.sentAtMs = nowMs;
        listener.sink.beat();
      }
    }
    topic.attend();
    return { beatsLeft: beats, paceMs: topic.bear({ lagMs, backlogged: catchingUp / Math.max(1, taking) }) };
  };
  const tick = (): void => {
    ticking = topics.size > 0 && !stopped;
    if (!ticking) return;
    const lagMs = options.lagMs();
    let [beatsLeft, slowestMs] = [BEATS_A_TICK, 0];
    for (const topic of topics.values()) {
      const attended = attend(topic, lagMs, beatsLeft);
      beatsLeft = attended.beatsLeft;
      slowestMs = Math.max(slowestMs, attended.paceMs);
    }
    counts.pace(slowestMs);
    timers.after(TICK_MS, tick);
  };

  const topicOf = (eventId: EventId): Topic => {
    const known = topics.get(eventId);
    if (known !== undefined) return known;
    const topic = createTopic({
      ...options,
      read: () => read({ eventId }),
      listen: (ring) => bell.listen(eventId, ring),
      onClosed: () => {
        if (topics.get(eventId) === topic) topics.delete(eventId);
      },
    });
    topics.set(eventId, topic);
    if (!ticking) {
      ticking = true;
      timers.after(TICK_MS, tick);
    }
    return topic;
  };

  const refuse = (scope: 'process' | 'address', limit: number): never => {
    counts.refused(scope);
    throw new DomainError('live.limited', { scope, limit, retryAfterMs: LIMITED_RETRY_MS });
  };
  /** Takes a place for a listener; returns how to give it back, once. */
  const takePlace = (address: string | null): (() => void) => {
    const here = address === null ? 0 : (perAddress.get(address) ?? 0);
    if (here >= limits.maxPerAddress) refuse('address', limits.maxPerAddress);
    if (places >= limits.maxListeners) refuse('process', limits.maxListeners);
    places += 1;
    if (address !== null) perAddress.set(address, here + 1);
    let taken = true;
    return () => {
      if (!taken) return;
      taken = false;
      places -= 1;
      if (address === null) return;
      const left = (perAddress.get(address) ?? 1) - 1;
      if (left === 0) perAddress.delete(address);
      else perAddress.set(address, left);
    };
  };

  return {
    join: async ({ eventId, lastId, address, sink }) => {
      const retryMs = Math.round(RETRY_MS.least + options.random() * RETRY_MS.spread);
      if (stopped) throw new DomainError('busy.try_again', { retryAfterMs: retryMs });
      const giveBack = takePlace(address);
      try {
        const leave = await topicOf(eventId).join(sink, lastId, retryMs);
        return () => {
          leave();
          giveBack();
        };
      } catch (error) {
        giveBack();
        throw error;
      }
    },
    stop: () => {
      stopped = true;
      for (const { sink } of [...everybody()]) {
        if (sink.backlogBytes() > 0) sink.drop();
        else sink.end();
      }
      for (const topic of [...topics.values()]) topic.close();
    },
  };
};
