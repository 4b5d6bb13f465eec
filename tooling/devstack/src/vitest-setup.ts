/** In `npm run test:full` every property that names no number of its own is tried 2,000 times instead of 100. */
if (process.env.TEST_FULL === '1') {
  const { configureGlobal } = await import('fast-check');
  configureGlobal({ numRuns: 2_000 });
}
