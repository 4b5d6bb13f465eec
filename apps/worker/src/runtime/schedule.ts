import { messageOf } from './decide.ts';
import type { Log, ScheduleLease } from './ports.ts';

export type Schedule = {
  readonly start: () => void;
  /** No further round; resolves when the running one has ended. */
  readonly stop: () => Promise<void>;
};

export type ScheduleOptions = {
  readonly name: string;
  readonly everyMs: number;
  /** Several workers run the same schedule; who holds its lease does the round. */
  readonly lease: ScheduleLease;
  readonly log: Log;
  readonly work: (signal: AbortSignal) => Promise<void>;
};

/** Two rounds missed and another worker takes over; never under a second, for slow rounds. */
const leaseMsOf = (everyMs: number): number => Math.max(everyMs * 3, 3_000);

/** A recurring piece of work: the first round at once, the next one `everyMs` after the end of the last. A failing round is logged. */
export const createSchedule = ({ name, everyMs, lease, log, work }: ScheduleOptions): Schedule => {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> = Promise.resolve();

  const runRound = async (): Promise<void> => {
    try {
      if (await lease.hold(name, leaseMsOf(everyMs))) await work(stopping.signal);
    } catch (error) {
      log.warn({ schedule: name, reason: messageOf(error) }, 'a round failed; the next one tries again');
    }
    if (!stopping.signal.aborted) timer = setTimeout(begin, everyMs);
  };
  const begin = (): void => {
    round = runRound();
  };
  return {
    start: begin,
    stop: async () => {
      stopping.abort();
      if (timer !== null) clearTimeout(timer);
      await round;
    },
  };
};
