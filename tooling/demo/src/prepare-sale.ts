import { readFileSync } from 'node:fs';
import { openSale, type Sale } from '@eventhorizon/actors/open-sale';

export const planFile = new URL('../../stack/data/aurora-theatre.seating-plan.json', import.meta.url);

export const STANDING_PLACES = 300;
export const SEATED_CATEGORIES = ['Premium', 'Standard', 'Balcony'] as const;

/** What the rush is about: an event with 400 numbered seats and 300 standing places, on sale. */
export const prepareSale = (apiUrl: string): Promise<Sale> =>
  openSale(apiUrl, {
    seatMap: { format: 'plan', content: readFileSync(planFile, 'utf8') },
    standing: STANDING_PLACES,
    prices: { Premium: 8900, Standard: 5900, Balcony: 3900, floor: 4500 },
    event: { maxPerBooking: 6, maxPerPerson: 6 },
  });
