import { setTimeout as pause } from 'node:timers/promises';

type Waiting = {
  /** What is waited for, for the error message. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly everyMs?: number;
  /** Gives up at once with this reason as soon as it is not null (the server died). */
  readonly failed?: () => string | null;
};

/** Asks until the answer is not null; throws after `timeoutMs`, with the last error as its cause. */
export const waitUntil = async <T>(ask: () => Promise<T | null>, waiting: Waiting): Promise<T> => {
  const deadline = Date.now() + waiting.timeoutMs;
  let lastError: unknown;
  for (;;) {
    const reason = waiting.failed?.() ?? null;
    if (reason !== null) throw new Error(`${waiting.what}: ${reason}`);
    try {
      const answer = await ask();
      if (answer !== null) return answer;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`${waiting.what}: not within ${waiting.timeoutMs / 1000} s`, { cause: lastError });
    }
    await pause(waiting.everyMs ?? 50);
  }
};
