import { isAdminNow, requireAdmin } from '@eventhorizon/core/identity/admins/require-admin';
import { type Capability, requireCapability } from '@eventhorizon/core/organizations/capabilities';
import { getMembership } from '@eventhorizon/core/organizations/get-membership';
import { recordAdminCall } from '@eventhorizon/core/organizations/record-admin-call';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { z } from 'zod';
import type { Context } from './context.ts';
import { judgeOutcome } from './outcome.ts';
import { t } from './trpc.ts';

const accountOf = ({ caller }: Context) => {
  if (caller.kind === 'account') return caller;
  throw caller.kind === 'refused' ? caller.error : new DomainError('auth.required', {});
};

/** Whom a hold counts against. A bad token is refused even beside a good visitor token: the hold would land on the wrong one. */
const holderOf = (ctx: Context) => {
  if (ctx.caller.kind !== 'anonymous') return accountOf(ctx).userId;
  if (ctx.visitorId === null) throw new DomainError('visitor.required', {});
  return ctx.visitorId;
};

/** Anybody. A bad access token is as good as none here. */
export const publicProcedure = t.procedure.meta({ asks: 'nothing' }).use(judgeOutcome);

/** An account, or a visitor with a signed token: `ctx.owner`. */
export const visitorProcedure = publicProcedure
  .meta({ asks: 'visitor' })
  .use(({ ctx, next }) => next({ ctx: { owner: holderOf(ctx) } }));

/** An account: `ctx.userId`, `ctx.sessionId`. */
export const attendeeProcedure = publicProcedure.meta({ asks: 'account' }).use(({ ctx, next }) => {
  const { userId, sessionId } = accountOf(ctx);
  return next({ ctx: { userId, sessionId } });
});

/** An account that also proves to be a visitor: it takes over what that visitor holds. */
export const adopterProcedure = attendeeProcedure.use(({ ctx, next }) => {
  const { visitorId } = ctx;
  if (visitorId === null) throw new DomainError('visitor.required', {});
  return next({ ctx: { visitorId } });
});

/** An admin of the platform, looked up now: `ctx.by`. For anybody else `admin.required`. */
export const adminProcedure = attendeeProcedure.use(async ({ ctx, next }) =>
  next({ ctx: { by: await requireAdmin(ctx.deps.users, ctx.userId) } }),
);

const organizationInput = z.object({ organizationId: idSchema('org') });

/** Changes of the team are in its history by themselves, with whom they are about. */
const TAKES_ITSELF_DOWN = /^(members|invitations)\./;

/**
 * A member of the organization that the input names: `ctx.access`. For anybody else the organization does not exist. What an admin of
 * the platform changes there is taken down in the organization's own history.
 */
export const memberProcedure = attendeeProcedure
  .meta({ capability: null })
  .input(organizationInput)
  .use(async ({ ctx, input, path, type, next }) => {
    const { userId, ...claims } = accountOf(ctx);
    const isAdmin = claims.isAdmin && (await isAdminNow(ctx.deps.users, userId));
    const access = await getMembership(ctx.deps, { organizationId: input.organizationId, userId, isAdmin });
    if (access.role === 'platform_admin' && type === 'mutation' && !TAKES_ITSELF_DOWN.test(path))
      await recordAdminCall(ctx.deps, access, path);
    return next({ ctx: { access } });
  });

/** A member whose role allows `capability`. */
export const organizerProcedure = (capability: Capability) =>
  memberProcedure.meta({ capability }).use(({ ctx, next }) => {
    requireCapability(ctx.access.role, capability);
    return next();
  });
