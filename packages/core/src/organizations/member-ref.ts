import { z } from 'zod';
import { idSchema } from '../shared/ids.ts';

export const memberRefSchema = z.object({ organizationId: idSchema('org'), membershipId: idSchema('mbr') });
export type MemberRef = z.output<typeof memberRefSchema>;
