import type { NoticeKind } from '@eventhorizon/core/notifications/notices/notice';
import type { Sample } from './sample.ts';
import { ACCOUNT_SAMPLES } from './samples/account-samples.ts';
import { BOOKING_SAMPLES } from './samples/booking-samples.ts';
import { TRANSFER_SAMPLES } from './samples/transfer-samples.ts';
import { WAITLIST_SAMPLES } from './samples/waitlist-samples.ts';

/** Every letter that we send. A new kind of notice does not compile until it has a sample here. */
export const LETTER_SAMPLES: { readonly [K in NoticeKind]: readonly Sample[] } = {
  ...BOOKING_SAMPLES,
  ...ACCOUNT_SAMPLES,
  ...TRANSFER_SAMPLES,
  ...WAITLIST_SAMPLES,
};
