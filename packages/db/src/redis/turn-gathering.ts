import type { Redis } from 'ioredis';

/** Puts together what one turn of the event loop has for Redis. */
export type TurnGathering = {
  /** Holds back what is written from now on until the turn is over. */
  readonly holdBack: () => void;
  /** Writes what was held back so far, without waiting for the turn's end. */
  readonly writeNow: () => void;
  /** Does `work` at the end of the turn; what it writes still goes out with the turn's. */
  readonly atEnd: (work: () => void) => void;
};

/**
 * The calls of one turn share a write and a round trip. ioredis' own auto-pipelining does that with an object for each batch that copies every script
 * BullMQ has defined.
 */
export const createTurnGathering = (redis: Redis): TurnGathering => {
  let works: (() => void)[] = [];
  let isEnding = false;
  let corked: { uncork: () => void } | null = null;

  const writeNow = (): void => {
    corked?.uncork();
    corked = null;
  };
  const end = (): void => {
    const due = works;
    works = [];
    for (const work of due) work();
    isEnding = false;
    writeNow();
  };
  const endLater = (): void => {
    if (isEnding) return;
    isEnding = true;
    setImmediate(end);
  };
  const holdBack = (): void => {
    // Before it is connected ioredis queues by itself.
    const stream = redis.status === 'ready' ? redis.stream : undefined;
    if (corked !== null || stream === undefined) return;
    corked = stream;
    stream.cork();
    endLater();
  };
  return {
    holdBack,
    writeNow,
    atEnd: (work) => {
      works.push(work);
      endLater();
    },
  };
};
