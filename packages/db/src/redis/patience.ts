/** Waits for an answer for so long as this process could have read it. */
export type Patience = <T>(call: Promise<T>) => Promise<T>;

const TICK_MS = 50;

type Waiting = { ticksLeft: number; readonly giveUp: () => void };

/**
 * Fails a call with `Command timed out` when there is no answer for `limitMs`. Time during which the event loop was busy counts as
 * one tick at most: with an ordinary timer, a process that works through a burst for longer than the limit calls every command
 * timed out whose answer lies unread in its socket, at the very moment when most depends on it.
 */
export const createPatience = (limitMs: number): Patience => {
  const waiting = new Set<Waiting>();
  let clock: NodeJS.Timeout | null = null;

  const tick = (): void => {
    for (const each of waiting) {
      each.ticksLeft -= 1;
      if (each.ticksLeft < 0) each.giveUp();
    }
    if (waiting.size > 0 || clock === null) return;
    clearInterval(clock);
    clock = null;
  };

  return (call) =>
    new Promise((resolve, reject) => {
      const entry: Waiting = {
        ticksLeft: Math.ceil(limitMs / TICK_MS),
        giveUp: () => {
          waiting.delete(entry);
          reject(new Error('Command timed out'));
        },
      };
      waiting.add(entry);
      clock ??= setInterval(tick, TICK_MS);
      call.then(
        (answer) => {
          waiting.delete(entry);
          resolve(answer);
        },
        (error: unknown) => {
          waiting.delete(entry);
          reject(error);
        },
      );
    });
};
