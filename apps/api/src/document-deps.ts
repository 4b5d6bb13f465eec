import { mongoTicketLinks } from '@eventhorizon/db/mongo/ticket-links';
import { createAddressRateLimit } from '@eventhorizon/db/redis/address-rate-limit';
import { createDocumentAllowance } from '@eventhorizon/db/redis/document-allowance';
import { createDocumentPool } from '@eventhorizon/providers/documents/document-pool';
import { qrPng } from '@eventhorizon/providers/qr/qr-png';
import { randomTicketLinks } from '@eventhorizon/providers/tickets/random-ticket-links';
import type { Foundation } from './foundation-deps.ts';

/** A page takes some ten milliseconds; a document that takes this long is stuck. Shorter than the deadline. */
const DOCUMENT_TIMEOUT_MS = 10_000;
/** Downloads that may wait for the thread; more are told to come again. */
const DOCUMENTS_WAITING = 64;

/** Of one ticket link, because its documents are drawn: a party that shares it opens it at once, and a page and its two documents are three. */
const TICKET_LINK_RATE = { perSecond: 2, burst: 40 };
/** Of one address, codes that open nothing: links that are over, and somebody who tries. */
const TICKET_LINK_MISS_RATE = { perSecond: 5, burst: 60 };

/** What is drawn, and the links to it. */
export const documentDeps = ({ logger, db, scripts }: Foundation) => {
  const documents = createDocumentPool({
    threads: 1,
    maxWaiting: DOCUMENTS_WAITING,
    timeoutMs: DOCUMENT_TIMEOUT_MS,
  });
  return {
    deps: {
      qr: qrPng(),
      documents,
      documentAllowance: createDocumentAllowance(scripts, (err) =>
        logger.warn({ err }, 'documents are not limited'),
      ),
      links: mongoTicketLinks(db),
      linkSource: randomTicketLinks,
      linkRateLimit: createAddressRateLimit(scripts, 'ticket-link', TICKET_LINK_RATE),
      linkMissLimit: createAddressRateLimit(scripts, 'ticket-link-miss', TICKET_LINK_MISS_RATE),
    },
    close: () => documents[Symbol.asyncDispose](),
  };
};
