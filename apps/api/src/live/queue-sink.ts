import type { LiveFrame } from './frame.ts';
import type { LiveSink } from './ports.ts';

export type FrameQueue = {
  readonly sink: LiveSink;
  /** Ends after `end`, `drop` or `close`. One reader. */
  readonly frames: () => AsyncGenerator<LiveFrame, void, undefined>;
  /** The reader wants no more. */
  readonly close: () => void;
};

/** A listener that pulls: frames wait here, and count as backlog, until they are asked for. */
export const createFrameQueue = (): FrameQueue => {
  let waiting: LiveFrame[] = [];
  let [bytes, taken] = [0, 0];
  let over = false;
  let wake: () => void = () => undefined;
  const finish = (): void => {
    over = true;
    wake();
  };
  const drop = (): void => {
    waiting = [];
    bytes = 0;
    finish();
  };
  return {
    sink: {
      start: () => undefined,
      send: (frame) => {
        waiting.push(frame);
        bytes += frame.bytes.length;
        wake();
      },
      // Whoever carries the frames on has a heartbeat of his own (trpc.ts).
      beat: () => undefined,
      backlogBytes: () => bytes,
      takenBytes: () => taken,
      isClosed: () => over,
      end: finish,
      drop,
    },
    frames: async function* () {
      for (;;) {
        const frame = waiting.shift();
        if (frame !== undefined) {
          bytes -= frame.bytes.length;
          taken += frame.bytes.length;
          yield frame;
        } else if (over) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
    close: drop,
  };
};
