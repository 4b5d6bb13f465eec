import type { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import type { VenueStore } from './ports.ts';
import type { Venue } from './venue.ts';

export const listVenuesInput = pageRequestSchema.extend({ organizationId: idSchema('org') });
export type ListVenues = z.output<typeof listVenuesInput>;

/** An organization's venues by name. */
export const listVenues = (deps: { readonly venues: VenueStore }, query: ListVenues): Promise<Page<Venue>> =>
  deps.venues.list(query.organizationId, query);
