import type { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import type { TeamActStore } from './ports.ts';
import type { TeamAct } from './team-act.ts';

export const listTeamActsSchema = pageRequestSchema.extend({ organizationId: idSchema('org') });
export type ListTeamActs = z.output<typeof listTeamActsSchema>;

export type ListTeamActsDeps = { readonly teamActs: Pick<TeamActStore, 'list'> };

/** Who did what to the team, newest first. Throws `cursor.invalid`. */
export const listTeamActs = (
  { teamActs }: ListTeamActsDeps,
  { organizationId, ...page }: ListTeamActs,
): Promise<Page<TeamAct>> => teamActs.list(organizationId, page);
