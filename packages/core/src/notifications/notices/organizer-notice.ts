import type { OrganizationId } from '../../shared/ids.ts';
import type { Money } from '../../shared/money.ts';

/** What the owner of an organization is told about its money. Who that is, is looked up when it is sent. */
export type OrganizerNotice = {
  readonly organizationId: OrganizationId;
  /** The provider's id of the dispute. */
  readonly disputeId: string;
  readonly amount: Money;
  /** The bank's reason, in the provider's words. */
  readonly reason: string;
  readonly reference: string;
  readonly eventTitle: string;
} & (
  | { readonly kind: 'dispute_opened'; readonly answerBy: Date | null; readonly taken: boolean }
  | { readonly kind: 'dispute_won' | 'dispute_lost' }
);
