import { t } from '../trpc/trpc.ts';
import { adminRouter } from './admin/router.ts';
import { attendeesRouter } from './attendees/router.ts';
import { authRouter } from './auth/router.ts';
import { availabilityRouter } from './availability/router.ts';
import { bookingsRouter } from './bookings/router.ts';
import { boxOfficeRouter } from './box-office/router.ts';
import { eventsRouter } from './events/router.ts';
import { holdsRouter } from './holds/router.ts';
import { incidentsRouter } from './incidents/router.ts';
import { invitationsRouter } from './invitations/router.ts';
import { membersRouter } from './members/router.ts';
import { organizationsRouter } from './organizations/router.ts';
import { paymentsRouter } from './payments/router.ts';
import { profileRouter } from './profile/router.ts';
import { seatMapsRouter } from './seat-maps/router.ts';
import { ticketsRouter } from './tickets/router.ts';
import { transfersRouter } from './transfers/router.ts';
import { venuesRouter } from './venues/router.ts';
import { visitorsRouter } from './visitors/router.ts';
import { waitingRoomRouter } from './waiting-room/router.ts';
import { waitlistRouter } from './waitlist/router.ts';

export const appRouter = t.router({
  auth: authRouter,
  admin: adminRouter,
  profile: profileRouter,
  visitors: visitorsRouter,
  organizations: organizationsRouter,
  members: membersRouter,
  invitations: invitationsRouter,
  venues: venuesRouter,
  seatMaps: seatMapsRouter,
  events: eventsRouter,
  availability: availabilityRouter,
  waitingRoom: waitingRoomRouter,
  holds: holdsRouter,
  bookings: bookingsRouter,
  waitlist: waitlistRouter,
  tickets: ticketsRouter,
  transfers: transfersRouter,
  boxOffice: boxOfficeRouter,
  attendees: attendeesRouter,
  payments: paymentsRouter,
  incidents: incidentsRouter,
});

/** What typed clients import: the types of every procedure. */
export type AppRouter = typeof appRouter;
