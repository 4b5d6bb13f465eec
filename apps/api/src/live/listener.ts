import type { LiveFrame } from './frame.ts';
import type { LiveLimits, LiveSink } from './ports.ts';

export type Listener = {
  readonly sink: LiveSink;
  /** The id of what it has; null: a snapshot is due. */
  at: string | null;
  /** Since when it has been too slow; null while it keeps up. */
  behindSinceMs: number | null;
  /** When it was sent something last. */
  sentAtMs: number;
  /** What it had taken at the last look, and since when it has taken nothing of what waits for it; null while nothing waits, or it takes. */
  takenBytes: number;
  stalledSinceMs: number | null;
};

export const newListener = (sink: LiveSink, nowMs: number): Listener => ({
  sink,
  at: null,
  behindSinceMs: null,
  sentAtMs: nowMs,
  takenBytes: 0,
  stalledSinceMs: null,
});

export type Progress = 'clear' | 'catching_up' | 'stalled' | 'lost';

/**
 * How a listener takes what it was sent, since it was looked at last. `stalled`: something waits and nothing of it was taken. To such a
 * one a slower pace is no help, so it must not slow others down; `lost`, when it stays so: it holds a place and memory for nothing.
 */
export const progressOf = (
  listener: Listener,
  { dropAfterMs }: Pick<LiveLimits, 'dropAfterMs'>,
  nowMs: number,
): Progress => {
  const taken = listener.sink.takenBytes();
  const isTaking = taken > listener.takenBytes;
  const isClear = listener.sink.backlogBytes() === 0;
  listener.takenBytes = taken;
  listener.stalledSinceMs = isClear || isTaking ? null : (listener.stalledSinceMs ?? nowMs);
  if (listener.stalledSinceMs === null) return isClear ? 'clear' : 'catching_up';
  return nowMs - listener.stalledSinceMs >= dropAfterMs ? 'lost' : 'stalled';
};

/** What is on offer: how `from` becomes `frame`, when there is a delta, and all of it for everybody else. */
export type Offer = {
  readonly id: string;
  readonly delta: { readonly from: string; readonly frame: LiveFrame } | null;
  /** Made when the first listener needs it. */
  readonly snapshot: () => LiveFrame;
};

export type Taken = 'has_it' | 'behind' | 'too_slow' | LiveFrame['message']['kind'];

/**
 * Gives a listener what it lacks, if it can take it. This is the bound on memory: a listener with a full backlog is given nothing, so
 * it never has more than `maxBacklogBytes` and one message. It loses the deltas meanwhile and gets a snapshot when it has caught up.
 */
export const offer = (
  listener: Listener,
  { id, delta, snapshot }: Offer,
  { maxBacklogBytes, dropAfterMs }: LiveLimits,
  nowMs: number,
): Taken => {
  const { sink } = listener;
  const allowed = listener.behindSinceMs === null ? maxBacklogBytes : maxBacklogBytes / 4;
  if (sink.backlogBytes() > allowed) {
    listener.at = null;
    listener.behindSinceMs ??= nowMs;
    return nowMs - listener.behindSinceMs >= dropAfterMs ? 'too_slow' : 'behind';
  }
  listener.behindSinceMs = null;
  if (listener.at === id) return 'has_it';
  const frame = delta !== null && listener.at === delta.from ? delta.frame : snapshot();
  sink.send(frame);
  listener.at = id;
  listener.sentAtMs = nowMs;
  return frame.message.kind;
};
