import type { RefundId, UserId } from '../shared/ids.ts';

/** Who gave tickets up: who bought them, whoever held one after a transfer, the organizer, or all of them with their event. */
export const CANCELLERS = ['buyer', 'holder', 'organizer', 'event'] as const;
export type Canceller = (typeof CANCELLERS)[number];

/** One time that tickets of a booking were given up. Its lines name it. */
export type Cancellation = {
  /** The caller's; its refund has the same, where money went back. */
  readonly id: RefundId;
  readonly at: Date;
  readonly by: Canceller;
  /** Minor units that went back, as it was agreed then. */
  readonly returned: number;
  /** Who decided it in the organizer's team, and why; absent where nobody of the team did. The organizer's own: no buyer reads it. */
  readonly decided?: { readonly by: UserId; readonly reason: string };
};
