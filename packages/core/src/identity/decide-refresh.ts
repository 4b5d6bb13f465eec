import { addMs } from '../shared/clock.ts';
import { REFRESH_GRACE_MS, type Session } from './session.ts';

/** A refresh token whose signature was found right: it was issued by us as this generation of this session. */
export type PresentedToken = { readonly generation: number };

/**
 * `rotate`: the newest token, replace it. `repeat`: a token that was replaced a moment ago; answer with the same successor.
 * `end`: a token that was replaced longer ago is in use again, so two parties have it; the family ends, for both.
 */
export type RefreshDecision =
  | { readonly decision: 'rotate' }
  | { readonly decision: 'repeat'; readonly generation: number }
  | { readonly decision: 'end' }
  | { readonly decision: 'refuse'; readonly because: 'ended' | 'expired' | 'never_issued' };

/**
 * What becomes of a refresh token. The grace period ends with its 30th second and is counted by the clocks of API processes; a
 * clock that is behind only lengthens it by as much.
 */
export const decideRefresh = (
  session: Session,
  { generation }: PresentedToken,
  now: Date,
): RefreshDecision => {
  if (session.endedAt !== null) return { decision: 'refuse', because: 'ended' };
  if (now >= session.expiresAt) return { decision: 'refuse', because: 'expired' };
  if (generation === session.generation) return { decision: 'rotate' };
  if (generation > session.generation) return { decision: 'refuse', because: 'never_issued' };
  const rotation = session.rotations.find((r) => r.generation === generation);
  return rotation !== undefined && now <= addMs(rotation.at, REFRESH_GRACE_MS)
    ? { decision: 'repeat', generation: generation + 1 }
    : { decision: 'end' };
};
