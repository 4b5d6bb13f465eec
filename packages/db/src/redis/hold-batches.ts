import type { EventId } from '@eventhorizon/core/shared/ids';
import { holdKeys } from './keys.ts';
import { type PlaceAnswer, type Reply, readPlaceAnswer } from './script-registry.ts';
import type { ScriptRunner } from './script-runner.ts';

/** The nine arguments of one hold (lua/place-holds.lua). */
export type PlaceArguments = readonly [
  holdId: string,
  owner: string,
  revision: number,
  ttlMs: number,
  maxPerPerson: number,
  picks: string,
  quote: string,
  anyTime: 0 | 1,
  turn: string,
];

/**
 * A full batch goes out at once, so that Redis works while this process reads on: with larger ones the two wait for each other, with smaller ones each hold
 * costs more (docs/performance.md). A hold takes Redis some 20 µs, so no script is long.
 */
const MAX_HOLDS = 12;
/** Of picks: blocks of seats to choose from take the longest, and the most text. */
const MAX_TEXT = 8_192;

/** Where in the arguments the picks are. */
const PICKS = 5;

type Waiting = {
  readonly args: PlaceArguments;
  readonly answer: (answer: PlaceAnswer | 'cold') => void;
  readonly fail: (error: unknown) => void;
};

type Batch = { readonly holds: Waiting[]; text: number };

const tell = ({ answer, fail }: Waiting, word: Reply<'place-holds'>['word'], raw: unknown): void => {
  try {
    answer(word === 'cold' ? word : readPlaceAnswer(raw));
  } catch (error) {
    fail(error);
  }
};

/**
 * Places the holds that are asked for in one turn of the event loop by one call for each event, in their order: what a script does for any hold
 * (clock, gate, what is due, counts, the ring of the bell) it does once for all. The more ask at once, the less each costs.
 */
export const createHoldBatches = ({
  run,
  turn,
}: Pick<ScriptRunner, 'run' | 'turn'>): ((
  eventId: EventId,
  args: PlaceArguments,
) => Promise<PlaceAnswer | 'cold'>) => {
  const open = new Map<EventId, Batch>();

  const send = async (eventId: EventId, { holds }: Batch): Promise<void> => {
    try {
      const { word, rest } = await run(
        'place-holds',
        holdKeys(eventId),
        holds.flatMap(({ args }) => args),
      );
      for (const [at, hold] of holds.entries()) tell(hold, word, rest[at]);
    } catch (error) {
      for (const { fail } of holds) fail(error);
    }
  };
  const sendNow = (eventId: EventId, batch: Batch): void => {
    open.delete(eventId);
    void send(eventId, batch);
    turn.writeNow();
  };
  const sendAll = (): void => {
    const due = [...open];
    open.clear();
    for (const [eventId, batch] of due) void send(eventId, batch);
  };
  const batchOf = (eventId: EventId): Batch => {
    const known = open.get(eventId);
    if (known !== undefined) return known;
    if (open.size === 0) turn.atEnd(sendAll);
    const batch: Batch = { holds: [], text: 0 };
    open.set(eventId, batch);
    return batch;
  };

  return (eventId, args) =>
    new Promise((answer, fail) => {
      const batch = batchOf(eventId);
      batch.holds.push({ args, answer, fail });
      batch.text += args[PICKS].length;
      if (batch.holds.length === MAX_HOLDS || batch.text >= MAX_TEXT) sendNow(eventId, batch);
    });
};
