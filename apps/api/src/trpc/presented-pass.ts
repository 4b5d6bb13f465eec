import { type PresentedPass, presentPass } from '@eventhorizon/core/waiting-room/presented-pass';
import type { Context } from './context.ts';

/** The pass of this request. It is one's own by the account or by the visitor that the request proves: who waited as a visitor may log in. */
export const presentedPass = ({ deps, caller, visitorId, passToken }: Context): PresentedPass =>
  presentPass(deps.queuePasses, passToken, [caller.kind === 'account' ? caller.userId : null, visitorId]);
