import { idSchema } from '@eventhorizon/core/shared/ids';
import { z } from 'zod';

/** What procedures about one booking take. */
export const bookingRef = z.object({ bookingId: idSchema('bkg') });
