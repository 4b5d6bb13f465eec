import { done } from '@eventhorizon/core/flows/job-result';
import type { HandlerRegistry } from '../runtime/handler.ts';

const nothing = async () => done;

/** A registry in which every job does nothing, but for the ones given. */
export const testHandlers = (given: Partial<HandlerRegistry> = {}): HandlerRegistry => ({
  'inventory.follow_claims': nothing,
  'inventory.settle_claims': nothing,
  'inventory.follow_event': nothing,
  'booking.close': nothing,
  'payment.prepare': nothing,
  'payment.follow': nothing,
  'payment.process_webhook': nothing,
  'refund.send': nothing,
  'notification.send': nothing,
  'account.mail_password_reset': nothing,
  'account.adopt_sales': nothing,
  'attendees.run_import': nothing,
  'attendees.run_mailing': nothing,
  'waitlist.promote': nothing,
  'waitlist.assign': nothing,
  'waitlist.end_offer': nothing,
  'event.sweep': nothing,
  'transfer.expire': nothing,
  'event.publish': nothing,
  'event.verify_unpublish': nothing,
  'listing.follow': nothing,
  'listing.follow_venue': nothing,
  'listing.follow_organization': nothing,
  ...given,
});
