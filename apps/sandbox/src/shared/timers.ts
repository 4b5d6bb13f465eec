/** Things that happen later, unless the sandbox stops or is cleared first. */
export type Timers = {
  readonly later: (delayMs: number, run: () => void) => void;
  readonly clear: () => void;
};

export const timers = (): Timers => {
  const pending = new Set<NodeJS.Timeout>();
  return {
    later: (delayMs, run) => {
      const timer = setTimeout(() => {
        pending.delete(timer);
        run();
      }, delayMs);
      // A pending retry is no reason to keep a process alive.
      timer.unref();
      pending.add(timer);
    },
    clear: () => {
      for (const timer of pending) clearTimeout(timer);
      pending.clear();
    },
  };
};
