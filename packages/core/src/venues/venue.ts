import type { OrganizationId, VenueId } from '../shared/ids.ts';

/** WGS 84 degrees. */
export type GeoPoint = { readonly latitude: number; readonly longitude: number };

/** Where events take place. Events copy nothing of it: they show the venue as it is now; bookings keep a snapshot. */
export type Venue = {
  readonly id: VenueId;
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly address: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly location: GeoPoint | null;
  /** IANA zone. */
  readonly zone: string;
  /** Rises with every change. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};
