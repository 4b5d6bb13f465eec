import type { Capability } from '../organizations/capabilities.ts';

/** What somebody must be allowed to do to sell a list of attendees, with or without an override of the limit per person. */
export const capabilitiesFor = (limitOverride: string | null): readonly Capability[] =>
  limitOverride === null ? ['boxoffice.sell'] : ['boxoffice.sell', 'boxoffice.override'];
