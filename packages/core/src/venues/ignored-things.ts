const MAX_KINDS = 50;
const MAX_NAME = 60;

/** Counts what an import read over, so that it can be told once instead of once per seat. */
export type IgnoredThings = {
  readonly add: (what: string, times?: number) => void;
  /** `what (times)` in the order of first sight; at most 50 kinds are told apart. */
  readonly list: () => string[];
};

export const ignoredThings = (): IgnoredThings => {
  const counts = new Map<string, number>();
  let others = 0;
  return {
    add: (what, times = 1) => {
      const name = what.length > MAX_NAME ? `${what.slice(0, MAX_NAME)}…` : what;
      const seen = counts.get(name);
      if (seen === undefined && counts.size >= MAX_KINDS) others += times;
      else counts.set(name, (seen ?? 0) + times);
    },
    list: () => [
      ...[...counts].map(([what, times]) => `${what} (${times})`),
      ...(others > 0 ? [`other things (${others})`] : []),
    ],
  };
};
