/** A list of one guest. */
export const LIST = {
  requestId: 'a-list-of-guests',
  content: 'name,ticket_type,area\nAda,Adult,Floor\n',
  settlement: { kind: 'complimentary', reason: 'guests' },
} as const;

/** A sale of one ticket for cash at the box office. */
export const saleTo = (name: string, ticketTypeId: string, unitId = 's:x') => ({
  buyer: { name },
  lines: [{ unitId, ticketTypeId }],
  settlement: { kind: 'paid' as const, method: 'cash' as const },
  amount: 2_000,
});

export const OTHER_TIMES = {
  startsAt: { local: '2030-01-01T20:00', zone: 'Europe/Berlin' },
  endsAt: { local: '2030-01-01T22:00', zone: 'Europe/Berlin' },
};

/** Well-formed ids of nothing. */
export const NOBODYS = {
  organizationId: 'org_01h455vb4pex5vsknk084sn02q',
  incidentId: 'inc_01h455vb4pex5vsknk084sn02q',
  importId: 'imp_01h455vb4pex5vsknk084sn02q',
  refundId: 'rfd_01h455vb4pex5vsknk084sn02q',
  notificationId: 'ntf_01h455vb4pex5vsknk084sn02q',
  entryId: 'wle_01h455vb4pex5vsknk084sn02q',
  offerId: 'ofr_01h455vb4pex5vsknk084sn02q',
};

/** A buyer's and an organizer's cancellation. */
export const AGREED = { refundId: NOBODYS.refundId, agreed: { amount: 0, currency: 'EUR' } };
export const CANCELLED = { refundId: NOBODYS.refundId, money: { kind: 'nothing' as const }, reason: 'mine' };
