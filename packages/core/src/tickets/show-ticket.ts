import type { QrRenderer, TicketSigner } from './ports.ts';
import type { Ticket } from './ticket.ts';

export type ShowTicketDeps = { readonly signer: Pick<TicketSigner, 'sign'>; readonly qr: QrRenderer };

/** What a gate reads. A void ticket has neither. */
export type ShownCode = {
  readonly code: string | null;
  /** `data:image/png;base64,…` */
  readonly qr: string | null;
};

/** The code of a ticket as text and as a picture, made anew each time. */
export const showTicket = async (
  { signer, qr }: ShowTicketDeps,
  { id: ticketId, eventId, unitId, generation, status }: Ticket,
): Promise<ShownCode> => {
  if (status === 'void') return { code: null, qr: null };
  const code = await signer.sign({ ticketId, eventId, unitId, generation });
  return { code, qr: dataUrl(await qr.png(code)) };
};

const dataUrl = (png: Uint8Array): string => `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
