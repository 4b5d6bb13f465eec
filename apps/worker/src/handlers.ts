import { type AdoptSalesDeps, adoptSales } from '@eventhorizon/core/flows/adopt-sales';
import { type AssignOfferDeps, assignOffer } from '@eventhorizon/core/flows/assign-offer';
import { type CarryOutChangeDeps, carryOutChange } from '@eventhorizon/core/flows/carry-out-change';
import { type CloseBookingDeps, closeBooking } from '@eventhorizon/core/flows/close-booking';
import { expireOffer } from '@eventhorizon/core/flows/expire-offer';
import { type ExpireTransferDeps, expireTransfer } from '@eventhorizon/core/flows/expire-transfer';
import { followPayment } from '@eventhorizon/core/flows/follow-payment';
import { done, type JobResult, retryLater } from '@eventhorizon/core/flows/job-result';
import { type MailPasswordResetDeps, mailPasswordReset } from '@eventhorizon/core/flows/mail-password-reset';
import type { ObtainIntentDeps } from '@eventhorizon/core/flows/obtain-intent';
import { preparePayment } from '@eventhorizon/core/flows/prepare-payment';
import { type ProcessWebhookDeps, processWebhook } from '@eventhorizon/core/flows/process-webhook';
import { type PromoteWaitlistDeps, promoteWaitlist } from '@eventhorizon/core/flows/promote-waitlist';
import { publishDueEvent } from '@eventhorizon/core/flows/publish-due-event';
import { type RunAttendeeImportDeps, runAttendeeImport } from '@eventhorizon/core/flows/run-attendee-import';
import {
  type RunAttendeeMailingDeps,
  runAttendeeMailing,
} from '@eventhorizon/core/flows/run-attendee-mailing';
import { type SendRefundDeps, sendRefund } from '@eventhorizon/core/flows/send-refund';
import { verifyUnpublish } from '@eventhorizon/core/flows/verify-unpublish';
import { type FollowClaimsDeps, followClaims } from '@eventhorizon/core/inventory/follow-claims';
import { followEvent } from '@eventhorizon/core/inventory/follow-event';
import type { RestoreInventoryDeps } from '@eventhorizon/core/inventory/restore-inventory';
import { settleClaims } from '@eventhorizon/core/inventory/settle-claims';
import { followListing } from '@eventhorizon/core/listings/follow-listing';
import {
  type FollowOrganizationListingsDeps,
  followOrganizationListings,
} from '@eventhorizon/core/listings/follow-organization-listings';
import {
  type FollowVenueListingsDeps,
  followVenueListings,
} from '@eventhorizon/core/listings/follow-venue-listings';
import {
  type SendNotificationDeps,
  sendNotification,
} from '@eventhorizon/core/notifications/send-notification';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import type { HandlerRegistry } from './runtime/handler.ts';

export type HandlerDeps = {
  readonly inventory: FollowClaimsDeps & RestoreInventoryDeps;
  readonly sales: CarryOutChangeDeps &
    CloseBookingDeps &
    ObtainIntentDeps &
    ProcessWebhookDeps &
    SendRefundDeps &
    ExpireTransferDeps &
    AdoptSalesDeps;
  readonly events: Parameters<typeof publishDueEvent>[0] & Parameters<typeof verifyUnpublish>[0];
  readonly listings: FollowVenueListingsDeps & FollowOrganizationListingsDeps;
  readonly notifications: SendNotificationDeps;
  readonly accounts: MailPasswordResetDeps;
  readonly imports: RunAttendeeImportDeps & RunAttendeeMailingDeps;
  readonly waitlist: PromoteWaitlistDeps & AssignOfferDeps;
};

/** After an unpublish the look for late checkouts is due when the draft thaws, by the clocks of several machines. */
const TOO_EARLY_MS = 1_000;

/** Which use case each job is. */
export const createHandlers = ({
  inventory,
  sales,
  events,
  listings,
  notifications,
  accounts,
  imports,
  waitlist,
}: HandlerDeps): HandlerRegistry => ({
  'inventory.follow_claims': (payload) => unlessGone(followClaims(inventory, payload)),
  'inventory.settle_claims': (payload) => unlessGone(settleClaims(inventory, payload)),
  'inventory.follow_event': (payload) => unlessGone(followEvent(inventory, payload)),
  'booking.close': (payload) => closeBooking(sales, payload),
  'payment.prepare': (payload) => preparePayment(sales, payload),
  'payment.follow': (payload) => followPayment(sales, payload),
  'payment.process_webhook': (payload) => processWebhook(sales, payload),
  'refund.send': (payload) => sendRefund(sales, payload),
  'notification.send': ({ notificationId }) => sendNotification(notifications, notificationId),
  'account.mail_password_reset': (payload) => mailPasswordReset(accounts, payload),
  'account.adopt_sales': (payload) => adoptSales(sales, payload),
  'attendees.run_import': (payload, { signal }) => runAttendeeImport(imports, payload, signal),
  'attendees.run_mailing': (payload, { signal }) => runAttendeeMailing(imports, payload, signal),
  'waitlist.promote': async (payload) => {
    await promoteWaitlist(waitlist, payload);
    return done;
  },
  'waitlist.assign': (payload) => assignOffer(waitlist, payload),
  'waitlist.end_offer': (payload) => expireOffer(waitlist, payload),
  'transfer.expire': (payload) => expireTransfer(sales, payload),
  'listing.follow': async (payload) => {
    await followListing(listings, payload);
    return done;
  },
  'listing.follow_venue': async (payload) => {
    await followVenueListings(listings, payload);
    return done;
  },
  'listing.follow_organization': async (payload) => {
    await followOrganizationListings(listings, payload);
    return done;
  },
  'event.sweep': (payload) => carryOutChange(sales, payload),
  'event.publish': ({ eventId }) =>
    againWhenChanged(async () => {
      const published = await publishDueEvent(events, eventId);
      if (published.outcome === 'not_yet')
        return retryLater('the time of publication has not come', published.retryAfterMs);
      return published.outcome === 'refused'
        ? { result: 'give_up', reason: `the event stays a draft: ${published.reasons.join('; ')}` }
        : done;
    }),
  'event.verify_unpublish': ({ eventId }) =>
    againWhenChanged(async () =>
      (await verifyUnpublish(events, eventId)) === 'too_early'
        ? retryLater('the draft is still frozen', TOO_EARLY_MS)
        : done,
    ),
});

type Result = Awaited<ReturnType<HandlerRegistry['event.publish']>>;

/** A deleted draft has nothing that Redis should know. */
const unlessGone = async (work: Promise<void>): Promise<JobResult> => {
  try {
    await work;
  } catch (error) {
    if (!isDomainError(error, 'thing.not_found')) throw error;
  }
  return done;
};

/** An organizer changed the event at the same moment. For a person that is an answer; for a job it is a reason to look again. */
const againWhenChanged = async (work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (isDomainError(error, 'event.changed_meanwhile')) return retryLater(error.message);
    throw error;
  }
};
