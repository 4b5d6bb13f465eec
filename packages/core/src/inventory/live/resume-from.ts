/** What a stream still remembers of itself: messages in order, each for who has `from`. */
type Step = { readonly from: string; readonly id: string };

export type Resume =
  | { readonly kind: 'nothing_missed' }
  /** All steps from this one on. */
  | { readonly kind: 'steps'; readonly first: number }
  | { readonly kind: 'snapshot' };

/**
 * What a listener is sent first who says that it has `lastId`, when the event is at `currentId` and `steps` led there. A version
 * between two steps (another process cuts them elsewhere), another epoch and one too old are all the same: a snapshot.
 */
export const resumeFrom = (lastId: string | null, currentId: string, steps: readonly Step[]): Resume => {
  if (lastId === null) return { kind: 'snapshot' };
  if (lastId === currentId) return { kind: 'nothing_missed' };
  const first = steps.findIndex(({ from }) => from === lastId);
  return first === -1 || steps.at(-1)?.id !== currentId ? { kind: 'snapshot' } : { kind: 'steps', first };
};
