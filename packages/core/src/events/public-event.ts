import type { Event, WaitingRoom } from './event.ts';
import { type RefundPolicy, refundPolicyIn } from './refund-policy.ts';

/** What everybody may see of an event: not who edits it when, nor when it is to be published, nor how the waiting room is run. */
export type PublicEvent = Omit<
  Event,
  | 'description'
  | 'publishAt'
  | 'frozenUntil'
  | 'createdAt'
  | 'updatedAt'
  | 'waitingRoom'
  | 'roomEndedAt'
  | 'refundPolicy'
> & {
  readonly refundPolicy: RefundPolicy;
  readonly waitingRoom: Pick<WaitingRoom, 'opensAt' | 'turnMs'> | null;
};

export const publicEventOf = ({
  description: _description,
  publishAt: _publishAt,
  frozenUntil: _frozenUntil,
  createdAt: _createdAt,
  updatedAt: _updatedAt,
  roomEndedAt: _roomEndedAt,
  waitingRoom,
  ...rest
}: Event): PublicEvent => ({
  ...rest,
  refundPolicy: refundPolicyIn(rest),
  waitingRoom: waitingRoom && { opensAt: waitingRoom.opensAt, turnMs: waitingRoom.turnMs },
});
