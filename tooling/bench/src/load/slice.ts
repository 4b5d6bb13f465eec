/** What happened within one slice of time. */
export type Slice = {
  readonly seconds: number;
  /** Milliseconds of each request, in the order of the answers. */
  readonly durations: readonly number[];
  /** How often each outcome came. */
  readonly answers: Readonly<Record<string, number>>;
};
