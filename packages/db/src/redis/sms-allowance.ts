import { createHash } from 'node:crypto';
import type { SmsAllowance, SmsCounted } from '@eventhorizon/core/notifications/ports';
import { rateKey } from './keys.ts';
import type { ScriptRunner } from './script-runner.ts';

export type SmsADay = Readonly<Record<keyof SmsCounted, number>>;

const DAY_S = 86_400;
/** Narrow to wide, so that what one number wastes is not taken from its organization. */
const COUNTED = ['phone', 'person', 'organizationId'] as const;

/**
 * A token bucket for each number, person and organization: a day's SMS at once, and as many again spread over a day. Kept for a day
 * under digests, because numbers are nobody's business here. When Redis loses them everybody begins anew. Budget: three round trips.
 */
export const createSmsAllowance = ({ run }: ScriptRunner, aDay: SmsADay): SmsAllowance => ({
  take: async (counted) => {
    for (const whose of COUNTED) {
      const value = counted[whose];
      if (value === null) continue;
      const digest = createHash('sha256').update(value).digest('base64url');
      const { word } = await run(
        'take-token',
        [rateKey(`sms-${whose}:${digest}`)],
        [aDay[whose] / DAY_S, aDay[whose]],
      );
      if (word !== 'taken') return whose;
    }
    return null;
  },
});
