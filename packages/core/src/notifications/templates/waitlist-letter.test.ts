import { describe, expect, test } from 'vitest';
import type { TicketTypeId } from '../../shared/ids.ts';
import type { OfferNotice } from '../notices/waitlist-notice.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { offerSms } from './offer-sms.ts';
import { waitlistLetterOf } from './waitlist-letter-of.ts';

const ticketTypeId = 'tty_01h455vb4pex5vsknk084sn02q' as TicketTypeId;
const event = {
  title: 'The Winter Concert',
  startsAt: { local: '2026-12-31T20:00', zone: 'Europe/Berlin', at: new Date('2026-12-31T19:00:00Z') },
};
const offer = {
  units: [7, 8].map((n) => ({ unitId: `s:${n}`, label: `Stalls, row 4, seat ${n}`, priceCategory: 'A' })),
  quote: {
    currency: 'EUR',
    prices: [
      { priceCategory: 'A', ticketTypeId, name: 'Adult', amount: 4_500 },
      { priceCategory: 'A', ticketTypeId, name: 'Child', amount: 0 },
      { priceCategory: 'B', ticketTypeId, name: 'Adult', amount: 9_900 },
    ],
  },
  expiresAt: new Date('2026-12-30T17:00:00Z'),
};
const url = 'https://tickets.example/offers/ofr_01h455vb4pex5vsknk084sn02q';
const letterAbout = (kind: OfferNotice['kind'], name = 'Ada', title = event.title) =>
  waitlistLetterOf({ kind, name, offer, event: { ...event, title }, venueName: 'Town Hall', url });
const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe.each(['waitlist_offer', 'waitlist_assigned'] as const)('the letter of %s', (kind) => {
  const letter = letterAbout(kind);
  test.each([
    ['HTML', textOf(letterHtml(letter))],
    ['text', letterText(letter)],
  ])('says in %s what, until when by the clock of the venue, at which prices', (_name, said) => {
    for (const fact of [
      'seat 7',
      'seat 8',
      '30 December 2026',
      '18:00',
      'Berlin time',
      'Town Hall',
      '45.00',
      'free',
    ])
      expect(said).toContain(fact);
    expect(said).not.toContain('99.00');
  });
  test('has the link to go on, in both', () => {
    expect(letterHtml(letter)).toContain(`href="${url}"`);
    expect(letterText(letter)).toContain(`: ${url}`);
  });
});

test.each(['waitlist_offer_expired', 'waitlist_offer_withdrawn'] as const)(
  'the letter of %s asks for nothing',
  (kind) => {
    expect(letterHtml(letterAbout(kind))).not.toContain('href=');
    expect(letterAbout(kind).summary.length).toBeLessThanOrEqual(160);
  },
);

test('names of strangers add no tag and start no header', () => {
  const hostile = '"><img src=x onerror=alert(1)>\r\nBcc: all@example.org';
  const letter = letterAbout('waitlist_offer', hostile, hostile);
  expect(letterHtml(letter)).not.toContain('<img');
  expect(letter.subject).not.toMatch(/[\r\n]/);
});

test('the SMS is one message that ends with the link, however long the title', () => {
  for (const title of [event.title, 'A very long title '.repeat(12)]) {
    const said = offerSms('waitlist_offer', { ...event, title }, offer, url);
    expect(said).toMatch(/^Waitlist: 2 tickets for .* Yours until 30 Dec, 18:00: https:\S+$/);
    expect(said.length).toBeLessThanOrEqual(160);
  }
  expect(offerSms('waitlist_assigned', event, offer, url)).toContain(
    'booked for you. Pay by 30 Dec, 18:00: ',
  );
});
