import { idSchema } from '@eventhorizon/core/shared/ids';
import { z } from 'zod';

export const ticketRef = z.object({ ticketId: idSchema('tkt') });
