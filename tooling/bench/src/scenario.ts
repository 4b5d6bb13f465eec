import type { Standing } from './contest.ts';
import type { World } from './world.ts';

/** What one operation costs in round trips, counted on the servers. */
export type RoundTrips = { readonly redis: number; readonly mongo: number };

/** What we want of a figure, told beside it. Never asserted: machines differ. */
export type Aim = {
  readonly ratioAtLeast?: number;
  readonly perSecondAtLeast?: number;
  readonly p99AtMostMs?: number;
};

export type Row = Standing & {
  readonly aim?: Aim | undefined;
  /** Or why they were not counted. */
  readonly roundTrips: RoundTrips | NotMeasured;
  /** Why there is no p50 and p99. */
  readonly notTimed?: string;
};

/** Where a table has a dash, and what it says about it below. */
export type NotMeasured = { readonly why: string };

export type Scenario = {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  readonly run: (world: World) => Promise<readonly Row[]>;
};
