import type { Event } from '../events/event.ts';
import type { QueuePass, QueuePasses } from './ports.ts';
import { turnTimes } from './turn.ts';

/** What a caller showed. `foreign`: genuine, of somebody whom the caller has not proved to be. */
export type PresentedPass =
  | { readonly is: 'none' }
  | { readonly is: 'forged' }
  | { readonly is: 'own'; readonly pass: QueuePass }
  | { readonly is: 'foreign'; readonly pass: QueuePass };

/** Reads a pass. `proven`: the account and the visitor that the caller has proved to be. */
export const presentPass = (
  passes: Pick<QueuePasses, 'read'>,
  token: string | null,
  proven: readonly (string | null)[],
): PresentedPass => {
  if (token === null) return { is: 'none' };
  const pass = passes.read(token);
  if (pass === null) return { is: 'forged' };
  return { is: proven.includes(pass.person) ? 'own' : 'foreign', pass };
};

type PassFault = 'none' | 'forged' | 'foreign';

/** What a hold must show Redis where there is a room: a number with the times of its turn, or why there is none. */
export type TurnClaim =
  | {
      readonly number: number;
      readonly person: string;
      /** null: it has not begun. */
      readonly times: { readonly beginsAt: Date; readonly endsAt: Date } | null;
    }
  | { readonly fault: PassFault | 'over' };

/** null: the event has no room. A pass of another event is as good as none. */
export const turnClaim = (event: Event, presented: PresentedPass): TurnClaim | null => {
  const { waitingRoom } = event;
  if (waitingRoom === null) return null;
  if (presented.is === 'none' || presented.is === 'forged') return { fault: presented.is };
  const { pass } = presented;
  if (pass.eventId !== event.id) return { fault: 'none' };
  if (presented.is === 'foreign') return { fault: 'foreign' };
  const times = turnTimes(waitingRoom, pass.number);
  if (times === 'forgotten') return { fault: 'over' };
  return { number: pass.number, person: pass.person, times };
};
