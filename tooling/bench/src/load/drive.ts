import type { Connection } from './connection.ts';
import { openConnection } from './connection.ts';
import type { Slice } from './slice.ts';

/** The next request of a lane; null: this lane has nothing more to ask. Told the status when the answer has come. */
export type NextRequest = (
  lane: number,
) => { readonly request: string; readonly answered?: () => void } | null;

export type Driver = {
  /** Keeps every connection busy for `forMs`, or until there is nothing more to ask. */
  readonly drive: (forMs: number, next: NextRequest) => Promise<Slice>;
  readonly close: () => void;
};

/**
 * `width` connections to a port, each with one request in flight. A closed loop: a slow server is asked less often, so read rate
 * and percentiles together. Rejects when a connection breaks.
 */
export const createDriver = async (port: number, width: number): Promise<Driver> => {
  let fail: (error: Error) => void = () => undefined;
  const connections: Connection[] = await Promise.all(
    Array.from({ length: width }, () => openConnection(port, (error) => fail(error))),
  );

  const drive = (forMs: number, next: NextRequest): Promise<Slice> =>
    new Promise((resolve, reject) => {
      fail = reject;
      const durations: number[] = [];
      const answers: Record<string, number> = {};
      const begin = performance.now();
      const end = begin + forMs;
      let running = connections.length;
      const finish = (): void => {
        running -= 1;
        if (running > 0) return;
        fail = () => undefined;
        resolve({ seconds: (performance.now() - begin) / 1_000, durations, answers });
      };
      connections.forEach((connection, lane) => {
        const step = (): void => {
          const startedAt = performance.now();
          const asked = startedAt < end ? next(lane) : null;
          if (asked === null) {
            finish();
            return;
          }
          connection.ask(asked.request, (status) => {
            durations.push(performance.now() - startedAt);
            const outcome = `HTTP ${status}`;
            answers[outcome] = (answers[outcome] ?? 0) + 1;
            asked.answered?.();
            step();
          });
        };
        step();
      });
    });

  return {
    drive,
    close: () => {
      for (const connection of connections) connection.close();
    },
  };
};
