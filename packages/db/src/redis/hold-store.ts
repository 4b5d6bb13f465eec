import { CONVERSION_MS } from '@eventhorizon/core/holds/hold';
import type {
  HoldStore,
  NotOnSale,
  Pick,
  PlaceHoldOutcome,
  PlaceHoldRequest,
} from '@eventhorizon/core/holds/ports';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { unreachable } from '@eventhorizon/core/shared/state-machine';
import type { TurnClaim } from '@eventhorizon/core/waiting-room/presented-pass';
import type { NoTurn } from '@eventhorizon/core/waiting-room/turn-refusal';
import { changeRecord } from './claim-record.ts';
import { createHoldBatches, type PlaceArguments } from './hold-batches.ts';
import { holdFromReply, unitRecord } from './hold-record.ts';
import { eventKeys } from './keys.ts';
import { asOutage } from './redis-errors.ts';
import type { PlaceAnswer } from './script-registry.ts';
import type { ScriptRunner } from './script-runner.ts';

/** Each call of the script walks 4,096 taken places for all its holds, so this covers areas far beyond the largest there are. */
const MAX_WALKS = 500;

const pickRecord = (pick: Pick) =>
  pick.kind === 'blocks'
    ? { c: pick.candidates.map((block) => block.map(unitRecord)) }
    : { p: pick.pool, a: pick.areaId, q: pick.quantity, m: pick.atLeast };

/** As lua/lib-turns.lua takes it. */
const claimRecord = (claim: TurnClaim | null): string => {
  if (claim === null) return '';
  if ('fault' in claim) return JSON.stringify({ x: claim.fault });
  const { number, person, times } = claim;
  const turn = times && { f: times.beginsAt.getTime(), t: times.endsAt.getTime() };
  return JSON.stringify({ n: number, p: person, ...turn });
};

// The reasons are written in lua/lib-gate.lua, from the same words.
const closed = (reason: unknown) => ({ outcome: 'not_on_sale', reason: reason as NotOnSale }) as const;

const placeOutcome = (
  request: PlaceHoldRequest,
  answer: PlaceAnswer | 'cold',
): PlaceHoldOutcome | 'again' => {
  if (answer === 'cold') return { outcome: answer };
  const { word, rest } = answer;
  switch (word) {
    case 'held':
      return { outcome: 'held', hold: holdFromReply(request.eventId, request.holdId, rest, request.quote) };
    case 'taken':
      return { outcome: 'taken', pick: Number(rest[0]), unitIds: rest.slice(1).map(String) };
    case 'short':
      return { outcome: 'short', pick: Number(rest[0]), left: Number(rest[1]) };
    case 'limit':
      return { outcome: 'limit', have: Number(rest[0]) };
    case 'not_on_sale':
      return closed(rest[0]);
    case 'no_turn': {
      const left = Number(rest[1]);
      // The reasons are those of lua/lib-turns.lua, and the faults that were sent.
      return { outcome: 'no_turn', reason: rest[0] as NoTurn, leftMs: left < 0 ? null : left };
    }
    case 'id_in_use':
    case 'stale':
      return { outcome: word };
    case 'again':
      return 'again';
    case 'failed':
      throw asOutage(new Error(String(rest[0])));
    default:
      return unreachable(word);
  }
};

const placeArguments = (request: PlaceHoldRequest): PlaceArguments => {
  const { holdId, owner, revision, ttlMs, maxPerPerson, anyTime = false } = request;
  const picks = JSON.stringify(request.picks.map(pickRecord));
  const quote = JSON.stringify(request.quote);
  const turn = claimRecord(request.turn);
  return [holdId, owner, revision, ttlMs, maxPerPerson, picks, quote, anyTime ? 1 : 0, turn];
};

/**
 * Holds in Redis. Budget: every call is one round trip; `place` shares it with what is asked for at the same time, and takes another for each 4,096
 * taken places it has to walk past, which happens once after a rebuild of a nearly sold area.
 */
export const createHoldStore = (runner: ScriptRunner): HoldStore => {
  const { run } = runner;
  const placeInBatch = createHoldBatches(runner);
  return {
    place: async (request) => {
      const args = placeArguments(request);
      for (let walk = 0; walk < MAX_WALKS; walk += 1) {
        const outcome = placeOutcome(request, await placeInBatch(request.eventId, args));
        if (outcome !== 'again') return outcome;
      }
      throw new DomainError('busy.try_again', { retryAfterMs: 100 });
    },

    find: async (eventId, holdId, owner) => {
      const { word, rest } = await run('find-hold', eventKeys(eventId), [holdId, owner]);
      if (word === 'cold') throw new DomainError('inventory.rebuilding', { retryAfterMs: 500 });
      return word === 'found' ? holdFromReply(eventId, holdId, rest) : null;
    },

    extend: async (eventId, holdId, owner, ttlMs) => {
      const { word, rest } = await run('extend-hold', eventKeys(eventId), [holdId, owner, ttlMs]);
      if (word === 'extended') return { outcome: word, hold: holdFromReply(eventId, holdId, rest) };
      return word === 'not_on_sale' ? closed(rest[0]) : { outcome: word };
    },

    release: async (eventId, holdId, owner) => {
      const { word } = await run('release-hold', eventKeys(eventId), [holdId, owner]);
      return { outcome: word };
    },

    adopt: async (eventId, holdId, from, to, maxPerPerson) => {
      const { word, rest } = await run('adopt-hold', eventKeys(eventId), [holdId, from, to, maxPerPerson]);
      if (word === 'adopted') return { outcome: word, hold: holdFromReply(eventId, holdId, rest) };
      if (word === 'limit') return { outcome: word, have: Number(rest[0]) };
      return { outcome: word };
    },

    beginConversion: async (eventId, holdId, owner, token) => {
      const args = [holdId, owner, token, CONVERSION_MS];
      const { word, rest } = await run('begin-conversion', eventKeys(eventId), args);
      if (word === 'converting') return { outcome: word, hold: holdFromReply(eventId, holdId, rest) };
      return word === 'not_on_sale' ? closed(rest[0]) : { outcome: word };
    },

    completeConversion: async (eventId, holdId, token, bookingId, person, units, turn) => {
      const mark = changeRecord({ change: 'mark', owner: bookingId, person, units, turn });
      await run('complete-conversion', eventKeys(eventId), [holdId, token, mark]);
    },

    abortConversion: async (eventId, holdId, token, turnSpent = false) => {
      await run('abort-conversion', eventKeys(eventId), [holdId, token, turnSpent ? 1 : 0]);
    },
  };
};
