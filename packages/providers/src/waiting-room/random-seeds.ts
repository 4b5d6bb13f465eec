import { randomBytes } from 'node:crypto';
import type { SeedSource } from '@eventhorizon/core/waiting-room/ports';

/** From the system's random source: nobody knows the order before the opening. */
export const randomSeeds: SeedSource = { next: () => randomBytes(16).toString('hex') };
