import type { PriceLine } from '../templates/letter.ts';

/** One page: what a steward compares with the person, and what a gate reads. All texts are single plain lines. */
export type TicketSheet = {
  readonly title: string;
  readonly day: string;
  /** null when the new date of an event that was put off is not known yet. */
  readonly time: string | null;
  /** When the doors open; null when the event does not say. */
  readonly doors: string | null;
  readonly venue: string;
  readonly address: string;
  /** The seat or the place. */
  readonly place: string;
  readonly typeName: string;
  readonly attendeeName: string | null;
  readonly organizer: string;
  readonly reference: string;
  /** `2 of 3`. */
  readonly position: string;
  /** What the QR code says. */
  readonly code: string;
  /** Ours, the same on every ticket. */
  readonly terms: readonly string[];
  /** The organizer's, a paragraph each; none when there are none. */
  readonly eventTerms: readonly string[];
};

/** A receipt whose printed sums add up to its printed total. */
export type Receipt = {
  readonly reference: string;
  readonly organizer: string;
  readonly buyer: { readonly name: string; readonly email: string | null };
  readonly title: string;
  readonly when: string;
  readonly venue: string;
  readonly address: string;
  /** The day of payment as the calendar at the venue has it. */
  readonly paidOn: string;
  readonly lines: readonly PriceLine[];
  readonly total: string;
  readonly notes: readonly string[];
};

/** A file for a buyer. */
export type DocumentFile = {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
};

export const DOCUMENT_KINDS = ['tickets', 'receipt', 'calendar'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
