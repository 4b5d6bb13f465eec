/** Makes `parties` callers wait for one another: each call returns once that many have arrived. Forces an interleaving. */
export const barrier = (parties: number): (() => Promise<void>) => {
  let arrived = 0;
  let open = (): void => undefined;
  const everybodyIsHere = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    arrived += 1;
    if (arrived >= parties) open();
    return everybodyIsHere;
  };
};
