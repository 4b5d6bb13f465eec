import type { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { joinWaitlistInput } from './waitlist-input.ts';

/** Hold and entry ids are minted by the caller, so that a call with a lost answer can be repeated. */
export const bookOrQueueInput = joinWaitlistInput.extend({ holdId: idSchema('hld') });
export type BookOrQueueInput = z.output<typeof bookOrQueueInput>;
