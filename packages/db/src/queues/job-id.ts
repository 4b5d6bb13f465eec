/**
 * The BullMQ id of a ring: the row and the try. Rings for the same try collapse into one, so that a relay that rings each
 * second cannot fill a queue that nobody reads. It is no idempotency key: the row's lease is. `attempts` is part of it because
 * the job of a worker that was killed stays `active` for up to 10 s and would swallow the ring for the next try.
 * BullMQ refuses ids with a colon, and keyed rows have one.
 */
export const ringJobId = (rowId: string, attempts: number): string =>
  `${encodeURIComponent(rowId)}~${attempts}`;
