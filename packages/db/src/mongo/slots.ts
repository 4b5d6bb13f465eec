/** A place to run in; gives it back when disposed. */
export type Slot = Disposable;

/** So many run at once; the others wait in the order in which they came. */
export type Slots = {
  /** null: there was none within `patienceMs`. */
  readonly take: (patienceMs: number) => Promise<Slot | null>;
};

export const createSlots = (count: number): Slots => {
  const waiting = new Set<(slot: Slot) => void>();
  let free = count;
  const slot = (): Slot => {
    let given = false;
    return {
      [Symbol.dispose]: () => {
        if (given) return;
        given = true;
        const [next] = waiting;
        if (next === undefined) {
          free += 1;
          return;
        }
        waiting.delete(next);
        next(slot());
      },
    };
  };
  return {
    take: async (patienceMs) => {
      if (free > 0) {
        free -= 1;
        return slot();
      }
      return new Promise((resolve) => {
        const give = (got: Slot): void => {
          clearTimeout(timer);
          resolve(got);
        };
        const timer = setTimeout(() => {
          waiting.delete(give);
          resolve(null);
        }, patienceMs);
        waiting.add(give);
      });
    },
  };
};
