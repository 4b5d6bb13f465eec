import { listTeamActs, listTeamActsSchema } from '@eventhorizon/core/organizations/list-team-acts';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Who did what to the team, newest first; for those who may change it. */
export const history = organizerProcedure('members.write')
  .input(listTeamActsSchema)
  .query(({ ctx, input }) => listTeamActs(ctx.deps, input));
