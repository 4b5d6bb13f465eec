import type { TransferId } from '../../shared/ids.ts';

/** What sender and receiver of a ticket are told. Tokens are minted while the letter is sent, and all else is read then. */
export type TransferNotice =
  /** To the receiver. `occasion` counts the letters of a transfer. */
  | { readonly kind: 'transfer_offered'; readonly transferId: TransferId; readonly occasion: string }
  | { readonly kind: TransferNews; readonly transferId: TransferId };

/** To the receiver: that it is theirs, or not to be had any more. */
export const RECEIVER_NEWS = ['transfer_received', 'transfer_withdrawn'] as const;
/** To the sender: what they did, and what became of it. */
export const SENDER_NEWS = [
  'transfer_started',
  'transfer_accepted',
  'transfer_declined',
  'transfer_taken_back',
  'transfer_expired',
] as const;
export type TransferNews = (typeof RECEIVER_NEWS)[number] | (typeof SENDER_NEWS)[number];

/** What tells several of a kind apart. */
export const subjectOfTransfer = (notice: TransferNotice): string =>
  notice.kind === 'transfer_offered' ? `${notice.transferId}/${notice.occasion}` : notice.transferId;
