import type { WorkRow } from './ports.ts';

/** The rows that this process is running now. */
export type InHand = {
  /** Returns what to call when the row is settled. */
  readonly add: (row: WorkRow) => () => void;
  readonly list: () => WorkRow[];
  /** No row may be taken any more. */
  readonly close: () => void;
  readonly isClosed: () => boolean;
  /** Resolves when nothing is in hand. */
  readonly whenEmpty: () => Promise<void>;
};

export const createInHand = (): InHand => {
  const rows = new Set<WorkRow>();
  const waiting = new Set<() => void>();
  let closed = false;
  return {
    add: (row) => {
      rows.add(row);
      return () => {
        rows.delete(row);
        if (rows.size > 0) return;
        for (const resolve of waiting) resolve();
        waiting.clear();
      };
    },
    list: () => [...rows],
    close: () => {
      closed = true;
    },
    isClosed: () => closed,
    whenEmpty: () =>
      rows.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.add(resolve);
          }),
  };
};
