import { scrub } from '@eventhorizon/core/shared/scrub';
import { type DestinationStream, type Logger, pino } from 'pino';

export type JsonLoggerOptions = {
  /** Which program writes; stands in every line. */
  readonly app: string;
  readonly level: string;
  /** Standard output when absent. */
  readonly destination?: DestinationStream;
  /** Takes secrets out of every line. Another one is passed by a test only, to see that lines would hold secrets without it. */
  readonly clean?: (fields: object) => Record<string, unknown>;
};

/** JSON lines with a level's name and an ISO time. Everything goes through `scrub` before it is written. */
export const jsonLogger = ({ app, level, destination, clean = scrub }: JsonLoggerOptions): Logger =>
  pino(
    {
      level,
      base: { app },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      // `scrub` has made plain objects of errors already; pino's own serializer would take their type away.
      serializers: { err: (err: unknown) => err },
      formatters: { level: (label) => ({ level: label }), log: clean },
    },
    destination,
  );
