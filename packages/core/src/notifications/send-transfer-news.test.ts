import { describe, expect, test } from 'vitest';
import type { SaleEvent } from '../bookings/ports.ts';
import { register, registerSchema } from '../identity/register.ts';
import type { Id } from '../shared/ids.ts';
import { draftEvent } from '../testing/draft-event.ts';
import { identityWorld } from '../testing/identity-world.ts';
import { inMemoryNotifications } from '../testing/in-memory-notifications.ts';
import { sampleBooking, sampleTickets } from '../testing/sample-booking.ts';
import { sampleTransfer } from '../testing/sample-transfer.ts';
import { nextGeneration } from '../tickets/next-generation.ts';
import type { Transfer } from '../transfers/transfer.ts';
import type { TransferNews, TransferNotice } from './notices/transfer-notice.ts';
import type { Channel } from './notification.ts';
import type { Email, Sms, SmsCounted } from './ports.ts';
import { sendTransferNews } from './send-transfer-news.ts';
import type { TicketLink } from './ticket-link.ts';

const ntf = 'ntf_01h455vb4pex5vsknk084s0001' as Id<'ntf'>;

/** Ada has sold out of kindness: her first ticket is offered to Bob, or (with `received`) already his. */
const world = async (over: Partial<Transfer> = {}, { received = false } = {}) => {
  const identity = identityWorld();
  const account = async (name: string) => {
    const command = { username: name, email: `${name}@example.org`, password: 'correct horse battery' };
    const { account: made } = await register(identity, registerSchema.parse(command));
    return made.id;
  };
  const [ada, bob] = [await account('ada'), await account('bob')];
  const booking = sampleBooking({ userId: ada });
  const [first, ...others] = sampleTickets(booking);
  if (first === undefined) throw new Error('no ticket');
  const at = identity.clock.now();
  const next = nextGeneration(first, {
    id: identity.ids.next('tkt'),
    holderId: bob,
    attendeeName: 'Bob',
    at,
  });
  let transfer = sampleTransfer(booking, first, {
    ...(received && { status: 'accepted', receiverId: bob, newTicketId: next.id, smsTo: '+491701234567' }),
    ...over,
  });
  const hashes: string[] = [];
  const [mails, texts, links, counted]: [Email[], Sms[], TicketLink[], SmsCounted[]] = [[], [], [], []];
  const sent = { outcome: 'sent', providerId: 'provider-1' } as const;
  const { startsAt, ...event } = draftEvent({ status: 'published' });
  const notifications = inMemoryNotifications();
  const deps = {
    ...identity,
    notifications,
    bookings: { find: async () => booking },
    tickets: {
      listOfBooking: async () =>
        received ? [{ ...first, status: 'void' as const }, next, ...others] : [first, ...others],
    },
    signer: { sign: async ({ ticketId }: { ticketId: string }) => `EH1.${ticketId}` },
    organizations: { find: async () => null },
    events: { find: async () => null },
    documents: {
      tickets: async (sheets: readonly unknown[]) => new TextEncoder().encode(JSON.stringify(sheets)),
      receipt: () => Promise.reject(new Error('the receipt is the buyer’s')),
    },
    qr: { png: async (text: string) => new TextEncoder().encode(text) },
    email: {
      send: async (mail: Email) => {
        mails.push(mail);
        return sent;
      },
    },
    sms: {
      send: async (sms: Sms) => {
        texts.push(sms);
        return sent;
      },
    },
    smsAllowance: {
      take: async (one: SmsCounted) => {
        counted.push(one);
        return null;
      },
    },
    links: { insert: async (link: TicketLink) => void links.push(link) },
    linkSource: { mint: () => ({ code: 'c0de', hash: '#c0de' }) },
    publicUrl: 'https://tickets.example/',
    transferLetters: {
      users: identity.users,
      transfers: {
        find: async () => transfer,
        addToken: async (_id: unknown, hash: string) => hashes.push(hash) > 0,
      },
      saleEvents: {
        find: async (): Promise<SaleEvent> => ({
          ...event,
          startsAt: { ...startsAt, at: new Date(at.getTime() + 1) },
        }),
      },
      mailTokenSource: identity.mailTokenSource,
    },
  };
  const about = { transferId: transfer.id };
  const tell = async (kind: TransferNews | 'transfer_offered', channel: Channel = 'email') =>
    tellAs(kind === 'transfer_offered' ? { kind, ...about, occasion: '1' } : { kind, ...about }, channel);
  const tellAs = async (notice: TransferNotice, channel: Channel = 'email') => {
    const record = { id: ntf, channel, notice, status: 'queued' as const, attempts: 0 };
    await notifications.enqueue({} as never, [
      { ...record, providerId: null, lastError: null, createdAt: at, sentAt: null },
    ]);
    return sendTransferNews(deps, record);
  };
  const become = (change: Partial<Transfer>): void => {
    transfer = { ...transfer, ...change };
  };
  return {
    ...deps,
    booking,
    first,
    next,
    mails,
    texts,
    linked: links,
    counted,
    hashes,
    tell,
    tellAs,
    become,
    bob,
  };
};

describe('an offer', () => {
  test('brings its receiver a token of its own each time it is sent, of which the hash is kept', async () => {
    const { tell, mails, hashes, mailTokenSource } = await world();
    await tell('transfer_offered');
    await tell('transfer_offered');
    const tokens = mails.map(({ text }) => /^ {4}(\S+)$/m.exec(text)?.[1] ?? '');
    expect(new Set(tokens).size).toBe(2);
    expect(tokens.map((token) => mailTokenSource.hashOf(token))).toEqual(hashes);
    expect(mails[0]).toMatchObject({ to: { email: 'bob@example.org', name: null }, attachments: [] });
  });
  test.each([
    ['was withdrawn', { status: 'withdrawn' }],
    ['was accepted', { status: 'accepted' }],
  ] as const)('that %s before its letter went out is not sent', async (_what, change) => {
    const { tell, mails, notifications } = await world(change);
    expect(await tell('transfer_offered')).toBeNull();
    expect(mails).toEqual([]);
    expect(await notifications.find(ntf)).toMatchObject({ status: 'failed' });
  });
});

describe('the ticket', () => {
  test('comes to its receiver with its code, its PDF and its calendar entry, and without the receipt', async () => {
    const { tell, mails, next, first } = await world({}, { received: true });
    await tell('transfer_received');
    const [mail] = mails;
    expect(mail?.to).toEqual({ email: 'bob@example.org', name: 'bob' });
    expect(mail?.attachments.map(({ filename }) => filename)).toEqual([
      'ticket-1.png',
      'tickets-EVT-7K3M9Q.pdf',
      'event-EVT-7K3M9Q.ics',
    ]);
    expect(mail?.text).toContain(`EH1.${next.id}`);
    expect(mail?.text).not.toContain(first.id);
  });
  test('is told by SMS with a link to it alone, counted for the receiver', async () => {
    const { tell, texts, linked, counted, next, bob, booking } = await world({}, { received: true });
    await tell('transfer_received', 'sms');
    expect(texts[0]).toMatchObject({
      to: '+491701234567',
      text: expect.stringContaining('passed on to you: 1 ticket'),
    });
    expect(texts[0]?.text).toMatch(/https:\/\/tickets\.example\/t\/c0de$/);
    expect(linked).toMatchObject([{ bookingId: booking.id, ticketId: next.id }]);
    expect(counted).toMatchObject([{ person: bob, organizationId: booking.organizationId }]);
  });
  test('that went void meanwhile is told of by neither', async () => {
    const { tell, become, mails, texts } = await world({}, { received: true });
    become({ newTicketId: 'tkt_01h455vb4pex5vsknk084s9999' as Id<'tkt'> });
    expect(await tell('transfer_received')).toBeNull();
    expect(await tell('transfer_received', 'sms')).toBeNull();
    expect([mails, texts]).toEqual([[], []]);
  });
});

test.each([
  'transfer_started',
  'transfer_accepted',
  'transfer_declined',
  'transfer_taken_back',
  'transfer_expired',
] as const)('%s is told to the sender, without any code', async (kind) => {
  const { tell, mails } = await world({}, { received: true });
  await tell(kind);
  expect(mails).toMatchObject([{ to: { email: 'ada@example.org' }, attachments: [] }]);
  expect(mails[0]?.text).not.toContain('EH1.');
});
