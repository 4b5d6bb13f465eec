/** Resolves when the server behind it answers. */
export type Ping = () => Promise<unknown>;
export type Pings = Readonly<Record<string, Ping>>;

export type Readiness = { readonly ready: boolean; readonly checks: Readonly<Record<string, 'up' | 'down'>> };

const PING_TIMEOUT_MS = 1_000;

const answers = async (ping: Ping, timeoutMs: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([ping().then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};

/** Asks everything at once and says what is down. Never throws, never takes longer than the time-out. */
export const checkReadiness = async (
  pings: Pings,
  timeoutMs: number = PING_TIMEOUT_MS,
): Promise<Readiness> => {
  const checks = await Promise.all(
    Object.entries(pings).map(
      async ([name, ping]) => [name, (await answers(ping, timeoutMs)) ? 'up' : 'down'] as const,
    ),
  );
  return { ready: checks.every(([, state]) => state === 'up'), checks: Object.fromEntries(checks) };
};
