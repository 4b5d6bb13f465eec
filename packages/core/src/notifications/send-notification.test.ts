import { describe, expect, test } from 'vitest';
import type { RefundId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { identityWorld, registerAda } from '../testing/identity-world.ts';
import { inMemoryInvitations } from '../testing/in-memory-invitations.ts';
import { inMemoryNotifications } from '../testing/in-memory-notifications.ts';
import { inMemoryOrganizations } from '../testing/in-memory-organizations.ts';
import { sampleBooking, sampleTickets } from '../testing/sample-booking.ts';
import type { EmailCorrection } from './email-correction.ts';
import type { BookingNotice as Notice } from './notices/booking-notice.ts';
import type { Channel, NotificationId } from './notification.ts';
import type { Email, SendResult, Sms, SmsAllowance } from './ports.ts';
import { type SendNotificationDeps, sendNotification } from './send-notification.ts';
import type { TicketLink } from './ticket-link.ts';

const NOW = new Date('2026-11-01T10:03:00Z');
const id = 'ntf_01h455vb4pex5vsknk084s0001' as NotificationId;
const noTx = {} as Tx;

type World = SendNotificationDeps & {
  readonly mails: Email[];
  readonly texts: Sms[];
  readonly linked: TicketLink[];
};

const CODE = '0123456789abcdefghjk';

const world = async (over: {
  booking?: ReturnType<typeof sampleBooking>;
  tickets?: ReturnType<typeof sampleTickets>;
  notice?: Notice;
  channel?: Channel;
  answers?: (SendResult | Error)[];
}): Promise<World> => {
  const booking = over.booking ?? sampleBooking();
  const notifications = inMemoryNotifications();
  const mails: Email[] = [];
  const texts: Sms[] = [];
  const linked: TicketLink[] = [];
  const answers = [...(over.answers ?? [])];
  const answer = (): SendResult => {
    const next = answers.shift() ?? { outcome: 'sent', providerId: 'provider-1' };
    if (next instanceof Error) throw next;
    return next;
  };
  await notifications.enqueue(noTx, [
    {
      id,
      channel: over.channel ?? 'email',
      notice: over.notice ?? { kind: 'booking_confirmed', bookingId: booking.id },
      status: 'queued',
      attempts: 0,
      providerId: null,
      lastError: null,
      createdAt: NOW,
      sentAt: null,
    },
  ]);
  return {
    notifications,
    bookings: { find: async (bookingId) => (bookingId === booking.id ? booking : null) },
    tickets: { listOfBooking: async () => over.tickets ?? sampleTickets(booking) },
    accounts: identityWorld(),
    teams: { ...identityWorld(), ...inMemoryOrganizations(), invitations: inMemoryInvitations() },
    waitlist: {
      waitlistOffers: { find: async () => null },
      waitlistEntries: { find: async () => null },
      venues: { find: async () => null },
    },
    organizers: { ...identityWorld(), ...inMemoryOrganizations() },
    transferLetters: {
      ...identityWorld(),
      transfers: { find: async () => null, addToken: async () => false },
      saleEvents: { find: async () => null },
    },
    signer: { sign: async ({ ticketId, generation }) => `EH1.${ticketId}.${generation}` },
    organizations: { find: async () => null },
    events: { find: async () => null },
    documents: {
      tickets: async (sheets) => new TextEncoder().encode(JSON.stringify(sheets)),
      receipt: async (receipt) => new TextEncoder().encode(JSON.stringify(receipt)),
    },
    qr: { png: async (text) => new TextEncoder().encode(text) },
    email: {
      send: async (mail) => {
        mails.push(mail);
        return answer();
      },
    },
    sms: {
      send: async (text) => {
        texts.push(text);
        return answer();
      },
    },
    smsAllowance: { take: async () => null },
    corrections: { find: async () => null },
    links: { insert: async (link) => void linked.push(link) },
    linkSource: { mint: () => ({ code: CODE, hash: `hash of ${CODE}` }) },
    publicUrl: 'https://tickets.example/',
    clock: { now: () => NOW },
    mails,
    texts,
    linked,
  };
};

describe('an e-mail', () => {
  test('goes to the buyer with one inline code per ticket, and the provider’s id is kept', async () => {
    const deps = await world({});
    expect(await sendNotification(deps, id)).toEqual({ result: 'done' });
    const [mail] = deps.mails;
    expect(mail).toMatchObject({ id, to: { email: 'ada@example.org', name: 'Ada Lovelace' } });
    const shown = (mail?.attachments ?? []).flatMap(({ contentId }) => contentId ?? []);
    expect(shown).toHaveLength(3);
    for (const contentId of shown) expect(mail?.html).toContain(`cid:${contentId}`);
    expect(await deps.notifications.find(id)).toMatchObject({
      status: 'sent',
      providerId: 'provider-1',
      sentAt: NOW,
    });
  });

  test('that confirms a booking brings its tickets on paper, its receipt and its calendar entry', async () => {
    const deps = await world({});
    await sendNotification(deps, id);
    const files = deps.mails[0]?.attachments.filter(({ contentId }) => contentId === undefined);
    expect(files?.map(({ filename }) => filename)).toEqual([
      'tickets-EVT-7K3M9Q.pdf',
      'receipt-EVT-7K3M9Q.pdf',
      'event-EVT-7K3M9Q.ics',
    ]);
  });

  test('about a free booking brings no receipt, and one without tickets brings no files', async () => {
    const lines = sampleBooking().lines.map((line) => ({ ...line, amount: 0 }));
    const free = await world({ booking: sampleBooking({ lines, total: { amount: 0, currency: 'EUR' } }) });
    await sendNotification(free, id);
    expect(free.mails[0]?.attachments.map(({ filename }) => filename)).not.toContain(
      'receipt-EVT-7K3M9Q.pdf',
    );
    const booking = sampleBooking({ status: 'expired' });
    const over = await world({ booking, notice: { kind: 'payment_expired', bookingId: booking.id } });
    await sendNotification(over, id);
    expect(over.mails[0]?.attachments).toEqual([]);
  });

  test('about a cancelled ticket that was passed on goes to who held it, and shows neither the buyer nor other tickets', async () => {
    const accounts = identityWorld();
    await registerAda(accounts);
    const holder = await accounts.users.findByUsernameKey('ada');
    if (holder === null) throw new Error('nobody registered');
    const booking = sampleBooking({ buyer: { ...sampleBooking().buyer, name: 'Bea' } });
    const notice: Notice = {
      kind: 'held_tickets_cancelled',
      bookingId: booking.id,
      revision: 3,
      holderId: holder.id,
      by: 'organizer',
      labels: ['Stalls, row 4, seat 12'],
    };
    const deps = await world({ booking, notice });
    await sendNotification({ ...deps, accounts }, id);
    const [mail] = deps.mails;
    expect([mail?.to.email, mail?.attachments]).toEqual([holder.email, []]);
    expect(mail?.text).toContain('Hello Ada,');
    for (const foreign of ['Bea', 'seat 13', 'EUR']) expect(mail?.text).not.toContain(foreign);
    // The account is gone.
    const nobody = await world({ booking, notice });
    await sendNotification(nobody, id);
    expect(nobody.mails).toEqual([]);
    expect(await nobody.notifications.find(id)).toMatchObject({ status: 'failed' });
  });

  test('about a changed address goes to the former one, without any ticket', async () => {
    const { id: bookingId } = sampleBooking();
    const correctionId = 'ntf_01h455vb4pex5vsknk084s0002' as NotificationId;
    const deps = await world({
      notice: { kind: 'address_corrected', bookingId, correctionId, masked: 'm…@e…' },
    });
    const correction: EmailCorrection = {
      notificationId: correctionId,
      bookingId,
      before: 'former@example.org',
      after: 'mallory@example.org',
      by: 'organizer',
      userId: 'usr_01h455vb4pex5vsknk084s0002' as EmailCorrection['userId'],
      at: NOW,
    };
    const find = async (of: NotificationId) => (of === correctionId ? correction : null);
    await sendNotification({ ...deps, corrections: { find } }, id);
    const [mail] = deps.mails;
    expect(mail?.to.email).toBe('former@example.org');
    expect(mail?.text).toContain('m…@e…');
    expect(mail?.text).not.toContain('mallory');
    expect(mail?.text).not.toContain('EH1.');
    expect(mail?.attachments).toEqual([]);
  });

  test('that was sent is not sent again', async () => {
    const deps = await world({});
    await sendNotification(deps, id);
    await sendNotification(deps, id);
    expect(deps.mails).toHaveLength(1);
  });

  test('goes out at least once: after a crash in the middle of sending it is sent again', async () => {
    const deps = await world({ answers: [new Error('the process died after the provider took it')] });
    await expect(sendNotification(deps, id)).rejects.toThrow();
    expect(await sendNotification(deps, id)).toEqual({ result: 'done' });
    expect(deps.mails).toHaveLength(2);
  });

  test('that the provider does not take now is tried again when it says so', async () => {
    const deps = await world({ answers: [{ outcome: 'retry', reason: 'busy', retryAfterMs: 7_000 }] });
    expect(await sendNotification(deps, id)).toEqual({
      result: 'retry',
      retryAfterMs: 7_000,
      reason: 'busy',
    });
    expect(await deps.notifications.find(id)).toMatchObject({
      status: 'queued',
      lastError: 'busy',
      attempts: 1,
    });
    expect(await sendNotification(deps, id)).toEqual({ result: 'done' });
  });

  test('that will never be accepted is given up with the reason', async () => {
    const deps = await world({ answers: [{ outcome: 'failed', reason: 'no such mailbox' }] });
    expect(await sendNotification(deps, id)).toEqual({ result: 'done' });
    expect(await deps.notifications.find(id)).toMatchObject({
      status: 'failed',
      lastError: 'no such mailbox',
    });
  });

  test('never carries the code of a ticket that was passed on or made void', async () => {
    const booking = sampleBooking();
    const [first, second, third] = sampleTickets(booking);
    if (first === undefined || second === undefined || third === undefined) throw new Error('three tickets');
    const strangerId = 'usr_01h455vb4pex5vsknk084s0099' as typeof booking.userId;
    const deps = await world({
      booking,
      tickets: [first, { ...second, holderId: strangerId, generation: 2 }, { ...third, status: 'void' }],
    });
    await sendNotification(deps, id);
    const [mail] = deps.mails;
    expect(mail?.attachments.filter(({ contentId }) => contentId !== undefined)).toHaveLength(1);
    const paper = mail?.attachments.find(({ filename }) => filename.startsWith('tickets-'))?.content;
    expect(new TextDecoder().decode(paper)).toContain(first.id);
    expect(new TextDecoder().decode(paper)).not.toContain(second.id);
    expect(new TextDecoder().decode(paper)).not.toContain(third.id);
    expect(deps.mails[0]?.text).not.toContain(second.id);
    expect(deps.mails[0]?.text).not.toContain(third.id);
  });

  test.each<[Notice['kind'], Partial<ReturnType<typeof sampleBooking>>]>([
    ['booking_confirmed', { status: 'cancelled' }],
    ['payment_expired', { status: 'confirmed', lateMoney: 'same_units' }],
  ])('that is not true any more (%s) is not sent', async (kind, over) => {
    const booking = sampleBooking(over);
    const deps = await world({ booking, notice: { kind, bookingId: booking.id } as Notice });
    expect(await sendNotification(deps, id)).toEqual({ result: 'done' });
    expect(deps.mails).toEqual([]);
    expect(await deps.notifications.find(id)).toMatchObject({ status: 'failed' });
  });
});

describe('an SMS', () => {
  test('says the matter in one sentence with a link, of whose code only the hash is kept', async () => {
    const deps = await world({ channel: 'sms' });
    await sendNotification(deps, id);
    expect(deps.texts).toEqual([
      {
        id,
        to: '+491700000000',
        text: `EVT-7K3M9Q: 3 tickets for The Winter Concert: Sibelius, Grieg and Nielsen, 31 Dec 20:00 https://tickets.example/t/${CODE}`,
      },
    ]);
    expect(await deps.notifications.find(id)).toMatchObject({ status: 'sent', providerId: 'provider-1' });
    expect(deps.linked).toMatchObject([{ hash: `hash of ${CODE}`, bookingId: sampleBooking().id }]);
    expect(JSON.stringify(await deps.notifications.find(id))).not.toContain(CODE);
  });

  test('about a refund brings no link', async () => {
    const { id: bookingId, total: amount } = sampleBooking();
    const refundId = 'rfd_01h455vb4pex5vsknk084s0001' as RefundId;
    const deps = await world({
      channel: 'sms',
      notice: { kind: 'refund_sent', bookingId, refundId, amount },
    });
    await sendNotification(deps, id);
    expect(deps.texts[0]?.text).toContain('117.00 EUR');
    expect(deps.linked).toEqual([]);
  });

  /** Two tries, of which the first dies after the provider took the message. Returns how many messages went out. */
  const afterCrash = async (claiming: boolean): Promise<number> => {
    const deps = await world({ channel: 'sms', answers: [new Error('the process died')] });
    const notifications = claiming ? deps.notifications : { ...deps.notifications, claim: async () => true };
    await expect(sendNotification({ ...deps, notifications }, id)).rejects.toThrow();
    expect(await sendNotification({ ...deps, notifications }, id)).toEqual({ result: 'done' });
    return deps.texts.length;
  };
  test('goes out at most once: one whose outcome is unknown is given up', async () => {
    expect(await afterCrash(true)).toBe(1);
  });
  test('twin: without the claim it goes out twice', async () => {
    expect(await afterCrash(false)).toBe(2);
  });

  test('that was certainly not sent may be tried again', async () => {
    const deps = await world({
      channel: 'sms',
      answers: [{ outcome: 'retry', reason: 'limited', retryAfterMs: 1_000 }],
    });
    expect(await sendNotification(deps, id)).toMatchObject({ result: 'retry' });
    expect(await sendNotification(deps, id)).toEqual({ result: 'done' });
    expect(await deps.notifications.find(id)).toMatchObject({ status: 'sent' });
  });

  /** Whether an SMS goes out of a booking whose phone number has had `had` SMS today, of which it may have five. */
  const afterSo = async (had: number, smsAllowance?: SmsAllowance) => {
    let taken = had;
    const take = async () => {
      taken += 1;
      return taken > 5 ? ('phone' as const) : null;
    };
    const deps = await world({ channel: 'sms' });
    expect(await sendNotification({ ...deps, smsAllowance: smsAllowance ?? { take } }, id)).toEqual({
      result: 'done',
    });
    return { deps, sms: await deps.notifications.find(id) };
  };
  test('over the allowance of a day is given up and says so, and mints no link', async () => {
    expect((await afterSo(4)).sms).toMatchObject({ status: 'sent' });
    const { deps, sms } = await afterSo(5);
    expect(sms).toMatchObject({
      status: 'failed',
      lastError: 'limit: this phone number gets no more SMS today',
    });
    expect(deps.texts).toEqual([]);
    expect(deps.linked).toEqual([]);
  });
  test('twin: without the allowance it goes out, however many went before', async () => {
    expect((await afterSo(5, { take: async () => null })).deps.texts).toHaveLength(1);
  });
  test('counts against its phone number, its buyer and its organization, once however often it is tried', async () => {
    const counted: unknown[] = [];
    const take = async (one: unknown) => {
      counted.push(one);
      return null;
    };
    const deps = await world({
      channel: 'sms',
      answers: [{ outcome: 'retry', reason: 'busy', retryAfterMs: 1_000 }],
    });
    for (let i = 0; i < 2; i += 1) await sendNotification({ ...deps, smsAllowance: { take } }, id);
    const { userId, organizationId } = sampleBooking();
    expect(counted).toEqual([{ phone: '+491700000000', person: userId, organizationId }]);
    expect(await deps.notifications.find(id)).toMatchObject({ status: 'sent' });
  });
  test('over the allowance takes nothing from the e-mail', async () => {
    const deps = await world({});
    await sendNotification({ ...deps, smsAllowance: { take: async () => 'phone' } }, id);
    expect(deps.mails).toHaveLength(1);
  });
  test('waits while it cannot be counted', async () => {
    const deps = await world({ channel: 'sms' });
    const take = () => Promise.reject(new Error('Redis is away'));
    await expect(sendNotification({ ...deps, smsAllowance: { take } }, id)).rejects.toThrow('Redis is away');
    expect(deps.texts).toEqual([]);
    expect(await deps.notifications.find(id)).toMatchObject({ status: 'queued' });
  });

  test('is not sent to a buyer without a phone number', async () => {
    const booking = sampleBooking();
    const deps = await world({
      channel: 'sms',
      booking: { ...booking, buyer: { ...booking.buyer, phone: null } },
    });
    expect(await sendNotification(deps, id)).toEqual({ result: 'done' });
    expect(deps.texts).toEqual([]);
  });
});
