import type { TicketCode } from './ticket.ts';

/**
 * Ticket codes: `EH1.<payload>.<signature>`, Ed25519. Deterministic, so a code is made anew whenever it is shown and is
 * never stored. `verify` needs only the public key and is what an offline gate does; null for anything forged or foreign.
 */
export type TicketSigner = {
  readonly sign: (code: TicketCode) => Promise<string>;
  readonly verify: (text: string) => Promise<TicketCode | null>;
  /** JWKS of the public keys, for gates. */
  readonly publicKeys: () => Promise<{ keys: Record<string, unknown>[] }>;
};

/** A PNG of a QR code. */
export type QrRenderer = { readonly png: (text: string) => Promise<Uint8Array> };
