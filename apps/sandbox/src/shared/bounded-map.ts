/** A map that keeps the newest `capacity` keys: setting one more drops the oldest. Setting a key again keeps its place. */
export type BoundedMap<V> = {
  readonly get: (key: string) => V | undefined;
  readonly set: (key: string, value: V) => void;
  readonly delete: (key: string) => void;
  /** Newest first. */
  readonly newest: (limit?: number) => V[];
  readonly size: () => number;
  readonly clear: () => void;
};

export const boundedMap = <V>(capacity: number): BoundedMap<V> => {
  const entries = new Map<string, V>();
  return {
    get: (key) => entries.get(key),
    set: (key, value) => {
      entries.set(key, value);
      if (entries.size <= capacity) return;
      // A Map iterates in order of insertion, so the first key is the oldest.
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        break;
      }
    },
    delete: (key) => {
      entries.delete(key);
    },
    newest: (limit = capacity) => [...entries.values()].reverse().slice(0, limit),
    size: () => entries.size,
    clear: () => entries.clear(),
  };
};
