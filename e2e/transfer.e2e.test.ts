import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import { openSale } from '@eventhorizon/actors/open-sale';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { afterAll, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { refusalOf } from './src/refusal.ts';
import { newShopper, type Shopper } from './src/shopper.ts';
import { testStack } from './src/test-stack.ts';
import { untilWelcomed } from './src/until-mailed.ts';

/** As many places as are sold: all of it happens in an event that is sold out. */
const hall = { seatMap: null, standing: 2, prices: { floor: 0 } };

const CODE = /^ {4}(\S+)$/m;

describe('a ticket is passed on', async () => {
  const stack = await testStack();
  afterAll(() => stack[Symbol.asyncDispose]());

  /** The texts of so many letters to somebody, of those whose subjects say so. */
  const letters = (to: string, says: string, count = 1): Promise<string[]> =>
    waitUntil(
      async () => {
        const all = (await stack.sandbox.emails(to)).filter(({ subject }) => subject.includes(says));
        return all.length >= count ? all.map(({ text }) => text) : null;
      },
      { what: `${count} letters to ${to} about "${says}"`, timeoutMs: 60_000 },
    );

  const codesIn = (texts: readonly string[]): string[] => texts.flatMap((text) => CODE.exec(text)?.[1] ?? []);

  const confirmed = async (): Promise<Shopper> => {
    const shopper = await newShopper(stack);
    await shopper.client.api.auth.verifyEmail.mutate({ token: await untilWelcomed(stack, shopper.email) });
    return shopper;
  };

  const download = async ({ client }: Shopper, path: string) => {
    const answer = await client.fetch(`${stack.url}/api/v1/${path}`);
    return { status: answer.status, begin: (await answer.text()).slice(0, 15) };
  };

  const smsLink = async (phone: string): Promise<string> => {
    const [sms] = await waitUntil(
      async () => {
        const all = await stack.sandbox.sms(phone);
        return all.length > 0 ? all : null;
      },
      { what: `an SMS to ${phone}`, timeoutMs: 60_000 },
    );
    return sms?.body.split(' ').at(-1) ?? '';
  };

  const codesOn = async (link: string): Promise<number> =>
    (await (await fetch(link)).text()).match(/data:image\/png/g)?.length ?? 0;

  test('offered, taken back, offered again and accepted: the receiver has the ticket, the buyer the receipt, and the old code is shown nowhere', async () => {
    const sale = await openSale(stack.url, hall);
    const [ada, bob] = await Promise.all([confirmed(), confirmed()]);
    const held = await ada.hold(sale, { kind: 'places', areaId: sale.areaId, quantity: 2 });
    const { booking } = await ada.checkOut(sale, held, '+491701234500');
    await ada.untilStatus(booking.id, 'confirmed');
    const adasLink = await smsLink('+491701234500');
    expect(await codesOn(adasLink)).toBe(2);
    const [adas, bobs] = [ada.client.api, bob.client.api];
    const ticketId = (await adas.tickets.listMine.query({})).items[0]?.id ?? '';
    const { code: oldCode } = await adas.tickets.get.query({ ticketId });

    const { id: transferId } = await adas.transfers.start.mutate({
      ticketId,
      email: bob.email,
      message: 'Have fun!',
    });
    const [offer = ''] = await letters(bob.email, 'wants to give you a ticket');
    expect(offer).toContain('Have fun!');
    expect(offer).not.toContain(booking.reference);
    const [takenBack = ''] = codesIn([offer]);
    await adas.transfers.withdraw.mutate({ transferId });
    await letters(bob.email, 'not offered to you any more');
    expect(await refusalOf(bobs.transfers.accept.mutate({ token: takenBack }))).toBe('transfer.gone');

    await adas.transfers.start.mutate({ ticketId, email: bob.email });
    const offers = await letters(bob.email, 'wants to give you a ticket', 2);
    const token = codesIn(offers).find((code) => code !== takenBack) ?? '';
    expect(await refusalOf(adas.transfers.accept.mutate({ token }))).toBe('transfer.other_address');
    const wishes = { token, attendeeName: 'Bob', phone: '+491701234501', wantsSms: true };
    const received = await bobs.transfers.accept.mutate(wishes);
    expect(received).toMatchObject({ generation: 2, attendeeName: 'Bob', reference: booking.reference });
    expect(received.code).not.toBe(oldCode);

    const [ticketLetter = ''] = await letters(bob.email, `Your ticket for ${booking.event.title}`);
    expect(ticketLetter).toContain(`Code: ${received.code}`);
    const [news = ''] = await letters(ada.email, 'has a new holder');
    expect(await codesOn(await smsLink('+491701234501'))).toBe(1);
    expect(await codesOn(adasLink)).toBe(1);
    for (const text of [ticketLetter, news, ...offers]) expect(text).not.toContain(oldCode);

    expect((await bobs.tickets.listMine.query({})).items.map(({ id }) => id)).toEqual([received.id]);
    expect((await adas.tickets.listMine.query({})).items).toHaveLength(1);
    expect(await download(bob, `tickets/${received.id}/ticket.pdf`)).toMatchObject({ status: 200 });
    expect(await download(bob, `tickets/${received.id}/event.ics`)).toEqual({
      status: 200,
      begin: 'BEGIN:VCALENDAR',
    });
    expect(await download(ada, `tickets/${received.id}/ticket.pdf`)).toMatchObject({ status: 404 });
    expect(await download(ada, `tickets/${ticketId}/ticket.pdf`)).toMatchObject({ status: 404 });
    expect(await refusalOf(bobs.bookings.get.query({ bookingId: booking.id }))).toBe('thing.not_found');
    expect(await adas.bookings.get.query({ bookingId: booking.id })).toMatchObject({ status: 'confirmed' });

    const { organizationId, organizer } = sale;
    const { holders } = await organizer.api.tickets.holders.query({ organizationId, ticketId });
    expect(holders.map(({ email, status }) => [email, status])).toEqual([
      [ada.email, 'void'],
      [bob.email, 'valid'],
    ]);

    // From now on it is Bob's to give up, and nobody else's.
    const refundId = newHoldId().replace('hld', 'rfd');
    const given = { ticketId: received.id, refundId };
    expect(await refusalOf(adas.bookings.giveUpTicket.mutate(given))).toBe('thing.not_found');
    await bobs.bookings.giveUpTicket.mutate(given);
    await letters(bob.email, 'cancelled');
    expect((await bobs.tickets.listMine.query({})).items).toEqual([]);
    expect(await expectCleanAudit(stack, sale)).toMatchObject({ validTickets: 1 });
  });
});
