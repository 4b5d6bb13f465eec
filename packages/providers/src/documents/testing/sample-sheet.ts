import type { Receipt, TicketSheet } from '@eventhorizon/core/notifications/documents/document';

export const sampleSheet = (over: Partial<TicketSheet> = {}): TicketSheet => ({
  title: 'The Winter Concert: Sibelius, Grieg and Nielsen',
  day: 'Thursday 31 December 2026',
  time: '20:00 (Berlin time)',
  doors: '19:00',
  venue: 'Great Hall',
  address: 'Am Markt 1, 04109 Leipzig, Germany',
  place: 'Stalls, row 4, seat 12',
  typeName: 'Adult',
  attendeeName: 'Ada Lovelace',
  organizer: 'Aurora Stages',
  reference: 'EVT-7K3M9Q',
  position: '1 of 3',
  code: `EH1.${'A'.repeat(75)}.${'B'.repeat(86)}`,
  terms: ['This ticket lets one person in, once.'],
  eventTerms: [],
  ...over,
});

export const sampleReceipt: Receipt = {
  reference: 'EVT-7K3M9Q',
  organizer: 'Aurora Stages',
  buyer: { name: 'Ada Lovelace', email: 'ada@example.org' },
  title: 'The Winter Concert',
  when: 'Thursday 31 December 2026, 20:00 (Berlin time)',
  venue: 'Great Hall',
  address: 'Am Markt 1, 04109 Leipzig, Germany',
  paidOn: '1 November 2026',
  lines: [{ what: '2 × Adult', each: '45.00 EUR', sum: '90.00 EUR' }],
  total: '90.00 EUR',
  notes: ['This receipt is no invoice for tax purposes.'],
};
