import type { TenancyTable } from './tenancy-table.ts';
import type { Things } from './tenancy-world.ts';

export const waitingRoomTable: TenancyTable = {
  rows: {
    // Public, but a draft is its organizer's alone.
    'waitingRoom.join': ({ api, eventId }) => [api.waitingRoom.join.mutate({ eventId })],
    'waitingRoom.look': ({ api, eventId }) => [api.waitingRoom.look.query({ eventId })],
    'waitingRoom.get': ({ api, organizationId, own, eventId }) => [
      api.waitingRoom.get.query({ organizationId, eventId }),
      api.waitingRoom.get.query({ ...own, eventId }),
    ],
    ...Object.fromEntries(
      (['open', 'pause', 'resume', 'letEverybodyIn'] as const).map((name) => [
        `waitingRoom.${name}`,
        ({ api, organizationId, own, eventId }: Things) => [
          api.waitingRoom[name].mutate({ organizationId, eventId }),
          api.waitingRoom[name].mutate({ ...own, eventId }),
        ],
      ]),
    ),
    'waitingRoom.setRate': ({ api, organizationId, own, eventId }) => [
      api.waitingRoom.setRate.mutate({ organizationId, eventId, turnsPerMinute: 1 }),
      api.waitingRoom.setRate.mutate({ ...own, eventId, turnsPerMinute: 1 }),
    ],
  },
};
