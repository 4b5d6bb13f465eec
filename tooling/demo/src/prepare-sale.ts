import { readFileSync } from 'node:fs';
import { openSale, type Sale } from '@eventhorizon/actors/open-sale';

export const planFile = new URL('../../stack/data/aurora-theatre.seating-plan.json', import.meta.url);

export const STANDING_PLACES = 300;
export const SEATED_CATEGORIES = ['Premium', 'Standard', 'Balcony'] as const;

/** Turns that begin in a minute: 1,000 buyers are called within 50 s. */
export const TURNS_PER_MINUTE = 1_200;

/**
 * What the rush is about: an event with 400 numbered seats and 300 standing places, on sale behind a waiting room, which the organizer
 * opens when everybody is there.
 */
export const prepareSale = (apiUrl: string): Promise<Sale> =>
  openSale(apiUrl, {
    seatMap: { format: 'plan', content: readFileSync(planFile, 'utf8') },
    standing: STANDING_PLACES,
    prices: { Premium: 8900, Standard: 5900, Balcony: 3900, floor: 4500 },
    event: {
      maxPerBooking: 6,
      maxPerPerson: 6,
      refundPolicy: { steps: [{ untilDays: 7, percent: 80 }] },
      waitingRoom: {
        opensAt: { local: '2031-06-13T10:00', zone: 'Europe/Berlin' },
        turnsPerMinute: TURNS_PER_MINUTE,
        turnMs: 10 * 60_000,
      },
    },
  });
