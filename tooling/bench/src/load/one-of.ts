/** Gives the items in turn, for ever. */
export const oneOf = <T>(items: readonly T[]): (() => T) => {
  let at = 0;
  return () => {
    const item = items[at % items.length];
    if (item === undefined) throw new RangeError('there is nothing to take in turn');
    at += 1;
    return item;
  };
};
