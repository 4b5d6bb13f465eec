/** Progress goes to stderr, so that what a command prints on stdout is its result alone. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Announces a step, runs it, and says how long it took. */
export const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const startedAt = Date.now();
  say(`▸ ${name} …`);
  const result = await work();
  say(`  ✓ ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  return result;
};
