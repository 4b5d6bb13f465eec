export const RELEASE_ORDERS = ['as_made', 'newest_first', 'shuffled'] as const;
export type ReleaseOrder = (typeof RELEASE_ORDERS)[number];

/** `list` is as made, oldest first. */
export const inOrder = <T>(list: readonly T[], order: ReleaseOrder, random: () => number): T[] => {
  if (order === 'as_made') return [...list];
  if (order === 'newest_first') return [...list].reverse();
  return list
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
};
