import type { PublicCancellation } from './cancellation.ts';
import type { Event, WaitingRoom } from './event.ts';
import type { PublicPostponement } from './postponement.ts';
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
  | 'cancellation'
  | 'postponement'
> & {
  readonly refundPolicy: RefundPolicy;
  readonly cancellation: PublicCancellation | null;
  readonly postponement: PublicPostponement | null;
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
  cancellation,
  postponement,
  ...rest
}: Event): PublicEvent => ({
  ...rest,
  cancellation: cancellation === undefined ? null : withoutActor(cancellation),
  postponement: postponement === undefined ? null : withoutActor(postponement),
  refundPolicy: refundPolicyIn(rest),
  waitingRoom: waitingRoom && { opensAt: waitingRoom.opensAt, turnMs: waitingRoom.turnMs },
});

const withoutActor = <T extends { readonly by: unknown }>({ by: _by, ...shown }: T): Omit<T, 'by'> => shown;
