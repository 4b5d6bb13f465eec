import type { TurnClaim } from '@eventhorizon/core/waiting-room/presented-pass';

/** What a genuine pass of this person says: a turn that began `ago` ms ago and lasts `turnMs`. */
export const turnClaimOf = (person: string, number = 7, ago = 1_000, turnMs = 600_000): TurnClaim => ({
  number,
  person,
  times: { beginsAt: new Date(Date.now() - ago), endsAt: new Date(Date.now() - ago + turnMs) },
});
