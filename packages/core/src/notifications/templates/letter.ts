import type { TicketId } from '../../shared/ids.ts';
import { oneLine } from './one-line.ts';

/** A ticket as it is shown: `code` is what its QR says, for readers without pictures. */
export type LetterTicket = {
  readonly ticketId: TicketId;
  readonly label: string;
  readonly typeName: string;
  readonly attendeeName: string | null;
  readonly code: string;
};

/** One line of prices: `2 x Adult`, `45.00 EUR`, `90.00 EUR`; `each` is null where it is free. */
export type PriceLine = { readonly what: string; readonly each: string | null; readonly sum: string };

/** A piece of a letter. Both renderings know every kind, so that text and HTML say the same. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  /** The one thing to do next; `text` says what. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  /** A code to copy. */
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] }
  /** What somebody else writes, line by line, told apart from what we say. */
  | { readonly kind: 'quote'; readonly title: string; readonly lines: readonly string[] }
  | { readonly kind: 'tickets'; readonly tickets: readonly LetterTicket[] }
  | { readonly kind: 'prices'; readonly lines: readonly PriceLine[]; readonly total: string };

/** What is said to a buyer, before it is HTML or text. All texts are plain: nothing in them is markup. */
export type Letter = {
  readonly subject: string;
  /** The whole matter in one short sentence: the preview in the inbox, and the text of an SMS. */
  readonly summary: string;
  readonly heading: string;
  readonly greeting: string;
  readonly event: {
    readonly title: string;
    readonly day: string;
    /** null: not known yet. */
    readonly time: string | null;
    readonly venue: string;
    readonly address: string;
  };
  /** null: who is told has no booking, or none yet. */
  readonly reference: string | null;
  readonly blocks: readonly Block[];
  readonly footer: string;
};

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

/** `name`: how the reader is called; null or nothing but space: nobody knows. */
export const greetingOf = (name: string | null): string => {
  const shown = oneLine(name ?? '');
  return shown === '' ? 'Hello,' : `Hello ${shown},`;
};

/** The tickets that a letter shows. */
export const shownTickets = ({ blocks }: Pick<Letter, 'blocks'>): readonly LetterTicket[] =>
  blocks.flatMap((block) => (block.kind === 'tickets' ? block.tickets : []));

/** What a letter says besides the name, the event and the number of the booking. */
export type LetterContent = Pick<Letter, 'subject' | 'summary' | 'heading' | 'blocks'>;

/** What is said to the owner of an account or a member of a team: it is about no booking. */
export type AccountLetter = Omit<Letter, 'event' | 'reference'> & {
  readonly event: null;
  readonly reference: null;
  /** What it is about: stands above the letter, where the event's title stands otherwise. */
  readonly title: string;
};

/** The content id of a ticket's picture: the HTML shows it by `cid:`. */
export const qrContentId = (ticketId: TicketId): string => `qr-${ticketId}@eventhorizon`;
