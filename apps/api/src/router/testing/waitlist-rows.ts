import { NOBODYS } from './foreign-things.ts';
import type { TenancyTable } from './tenancy-table.ts';
import type { Things } from './tenancy-world.ts';

export const waitlistTable: TenancyTable = {
  rows: {
    'waitlist.join': ({ api, eventId, areaId, adult }) => [
      api.waitlist.join.mutate({
        eventId,
        entryId: NOBODYS.entryId,
        wish: { areaId, ticketTypeId: adult },
        quantity: 1,
        buyer: { name: 'Mallory', email: 'mallory@example.org' },
      }),
    ],
    'waitlist.listMine': null,
    'waitlist.reduce': ({ api, entryId }) => [api.waitlist.reduce.mutate({ entryId, quantity: 1 })],
    'waitlist.leave': ({ api, entryId }) => [api.waitlist.leave.mutate({ entryId })],
    'waitlist.getOffer': ({ api, offerId }) => [api.waitlist.getOffer.query({ offerId })],
    'waitlist.accept': ({ api, offerId, adult }) => [
      api.waitlist.accept.mutate({ offerId, lines: [{ unitId: 's:x', ticketTypeId: adult }] }),
    ],
    'waitlist.decline': ({ api, offerId }) => [api.waitlist.decline.mutate({ offerId })],
    'waitlist.list': ({ api, organizationId, own, eventId }) => [
      api.waitlist.list.query({ organizationId, eventId }),
      api.waitlist.list.query({ ...own, eventId }),
    ],
    'waitlist.get': ({ api, organizationId, own, eventId }) => [
      api.waitlist.get.query({ organizationId, eventId }),
      api.waitlist.get.query({ ...own, eventId }),
    ],
    ...Object.fromEntries(
      (['pause', 'resume'] as const).map((name) => [
        `waitlist.${name}`,
        ({ api, organizationId, own, eventId }: Things) => [
          api.waitlist[name].mutate({ organizationId, eventId }),
          api.waitlist[name].mutate({ ...own, eventId }),
        ],
      ]),
    ),
    'waitlist.offer': ({ api, organizationId, own, entryId, offerId }) => [
      api.waitlist.offer.mutate({ organizationId, entryId, offerId: NOBODYS.offerId }),
      api.waitlist.offer.mutate({ ...own, entryId, offerId: NOBODYS.offerId }),
      api.waitlist.offer.mutate({ ...own, entryId, offerId }),
    ],
    'waitlist.withdraw': ({ api, organizationId, own, offerId }) => [
      api.waitlist.withdraw.mutate({ organizationId, offerId }),
      api.waitlist.withdraw.mutate({ ...own, offerId }),
    ],
    'waitlist.remove': ({ api, organizationId, own, entryId }) => [
      api.waitlist.remove.mutate({ organizationId, entryId, reason: 'mine' }),
      api.waitlist.remove.mutate({ ...own, entryId, reason: 'mine' }),
    ],
  },
};
