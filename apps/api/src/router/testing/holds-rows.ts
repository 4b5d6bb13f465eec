import { FOREIGN_HOLD, MINTED, PUBLIC, type TenancyTable, WITHIN } from './tenancy-table.ts';

export const holdsTable: TenancyTable = {
  rows: {
    'holds.place': null,
    'holds.extend': ({ foreignVisitor, heldEventId, holdId }) => [
      foreignVisitor.holds.extend.mutate({ eventId: heldEventId, holdId }),
    ],
    'holds.release': null,
    'holds.adopt': ({ foreignVisitor, heldEventId, holdId }) => [
      foreignVisitor.holds.adopt.mutate({ eventId: heldEventId, holdId }),
    ],
    'holds.get': ({ api, foreignVisitor, heldEventId, holdId }) => [
      foreignVisitor.holds.get.query({ eventId: heldEventId, holdId }),
      api.holds.get.query({ eventId: heldEventId, holdId }),
    ],
  },
  open: {
    'holds.place eventId': PUBLIC,
    'holds.place selections[].areaId': WITHIN,
    'holds.place holdId': MINTED,
    'holds.release eventId': PUBLIC,
    'holds.release holdId': FOREIGN_HOLD,
  },
  expected: {
    'holds.extend': 'hold.gone',
    'holds.adopt': 'hold.gone',
    'holds.get': 'hold.gone',
  },
};
