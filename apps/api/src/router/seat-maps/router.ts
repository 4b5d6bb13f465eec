import { t } from '../../trpc/trpc.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { listSeats } from './list-seats.ts';

export const seatMapsRouter = t.router({ get, list, listSeats });
