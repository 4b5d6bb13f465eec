import { applyLive, type LiveState } from '@eventhorizon/core/inventory/live/apply-live';
import type { LiveMessage } from '@eventhorizon/core/inventory/live/live-message';
import type { LiveFrame } from '../frame.ts';
import type { LiveSink } from '../ports.ts';

export type TestListener = {
  readonly sink: LiveSink;
  readonly state: () => LiveState | null;
  /** Kinds of all messages that arrived, in order. */
  readonly kinds: () => readonly string[];
  readonly lastId: () => string | null;
  readonly beats: () => number;
  /** `ended`: by the server; `dropped`: cut off. */
  readonly fate: () => 'open' | 'ended' | 'dropped';
  /** While it does not read, what it is sent piles up. */
  readonly read: (reading: boolean) => void;
  readonly largestBacklog: () => number;
};

/**
 * One who listens, knows only the bytes of what was sent, and folds them into a state. `before`: what he had when an earlier stream broke.
 */
export const testListener = (before?: TestListener): TestListener => {
  let state = before?.state() ?? null;
  let lastId = before?.lastId() ?? null;
  let unread: LiveFrame[] = [];
  let [reading, beats, largest, taken] = [true, 0, 0, 0];
  let fate: 'open' | 'ended' | 'dropped' = 'open';
  const kinds: string[] = [];
  const backlog = () => unread.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const take = (): void => {
    for (const { bytes } of unread) {
      const [, id = '', data = ''] = /^id: (.*)\ndata: (.*)\n\n/.exec(Buffer.from(bytes).toString()) ?? [];
      const message = JSON.parse(data) as LiveMessage;
      state = applyLive(state, message);
      lastId = id;
      kinds.push(message.kind);
      taken += bytes.length;
    }
    unread = [];
  };
  return {
    sink: {
      start: () => undefined,
      send: (frame) => {
        unread.push(frame);
        if (reading) take();
        largest = Math.max(largest, backlog());
      },
      beat: () => {
        beats += 1;
      },
      backlogBytes: backlog,
      takenBytes: () => taken,
      isClosed: () => fate !== 'open',
      end: () => {
        fate = 'ended';
      },
      drop: () => {
        fate = 'dropped';
      },
    },
    state: () => state,
    kinds: () => kinds,
    lastId: () => lastId,
    beats: () => beats,
    fate: () => fate,
    read: (now) => {
      reading = now;
      if (now) take();
    },
    largestBacklog: () => largest,
  };
};
