import { entry } from './refusal.ts';

/** Waiting rooms. */
export const roomRefusals = {
  'room.none': entry('conflict', () => 'This event has no waiting room. Set one with events.update first.'),
  'room.bad_move': entry<{ state: string }>(
    'conflict',
    ({ state }) => `The waiting room is ${state}; that cannot be done now. Load it again to see what can.`,
  ),
  'room.too_many_joins': entry<{ retryAfterMs: number }>(
    'limited',
    () => 'Too many have joined from this address in a short time. Wait a moment, then join once.',
  ),
  'room.pass_required': entry(
    'forbidden',
    () =>
      'This sale goes through a waiting room. Join it, and send the pass with the hold when it is your turn.',
  ),
  'room.pass_forged': entry(
    'forbidden',
    () => 'This pass was not given by us, or was changed. Join the waiting room.',
  ),
  'room.pass_foreign': entry(
    'forbidden',
    () => 'This pass belongs to somebody else. Join the waiting room for a pass of your own.',
  ),
  'room.not_your_turn': entry<{ retryAfterMs: number }>(
    'limited',
    () => 'It is not your turn yet. Keep your pass, and ask where it stands.',
  ),
  'room.turn_over': entry('gone', () => 'Your turn is over. Join the waiting room again.'),
  'room.pass_used': entry(
    'gone',
    () =>
      'A pass buys once, and this one has been checked out. Join the waiting room again for another, at the end of the line.',
  ),
} as const;
