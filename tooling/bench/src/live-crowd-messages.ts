/** What the crowd is told when it starts. */
export type CrowdOrder = {
  readonly port: number;
  readonly path: string;
  readonly listeners: number;
  /** Over how many addresses of this machine they come. */
  readonly addresses: number;
};

/** One delta: how many units were held by then, and when each listener had it (ms of the wall clock). */
export type Arrivals = { readonly held: number; readonly at: readonly number[] };

export type CrowdMessage =
  | { readonly kind: 'ready'; readonly opened: number }
  | {
      readonly kind: 'report';
      readonly deltas: readonly Arrivals[];
      readonly snapshots: number;
      readonly lost: number;
    };
