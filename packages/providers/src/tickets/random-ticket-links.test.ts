import { TICKET_LINK_CODE } from '@eventhorizon/core/notifications/ticket-link';
import { expect, it } from 'vitest';
import { randomTicketLinks } from './random-ticket-links.ts';

it('mints codes of the form that is looked up, each another, with the hash that they are found by', () => {
  const minted = Array.from({ length: 1_000 }, randomTicketLinks.mint);
  expect(new Set(minted.map(({ code }) => code)).size).toBe(1_000);
  for (const { code, hash } of minted) {
    expect(code).toMatch(TICKET_LINK_CODE);
    expect(hash).toBe(randomTicketLinks.hashOf(code));
    expect(hash).not.toContain(code);
  }
  const letters = new Set(minted.flatMap(({ code }) => [...code]));
  expect(letters.size).toBe(32);
});
