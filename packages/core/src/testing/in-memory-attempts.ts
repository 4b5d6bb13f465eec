import { ATTEMPT_LIMITS, type AttemptCounter, type AttemptLimits } from '../identity/attempts.ts';
import { addMs, type Clock } from '../shared/clock.ts';

/** Passes `attemptCounterContract`. `taken` names what was counted, in order: `log_in_per_login:ada`. */
export const inMemoryAttempts = (
  clock: Clock,
  limits: AttemptLimits = ATTEMPT_LIMITS,
): AttemptCounter & { readonly taken: string[] } => {
  const windows = new Map<string, { count: number; until: Date }>();
  const taken: string[] = [];
  return {
    taken,
    take: async (kind, whose) => {
      const key = `${kind}:${whose}`;
      taken.push(key);
      const now = clock.now();
      const open = windows.get(key);
      const window =
        open !== undefined && open.until > now
          ? { ...open, count: open.count + 1 }
          : { count: 1, until: addMs(now, limits[kind].withinMs) };
      windows.set(key, window);
      return window.count > limits[kind].count ? window.until.getTime() - now.getTime() : null;
    },
    forget: async (kind, whose) => {
      windows.delete(`${kind}:${whose}`);
    },
  };
};
