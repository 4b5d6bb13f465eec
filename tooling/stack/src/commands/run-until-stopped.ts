import { say } from '@eventhorizon/devstack/say';
import type { Stack } from '../start-stack.ts';

/** Resolves with the signal's name on Ctrl-C, SIGTERM or a closed terminal. A second Ctrl-C ends this process at once. */
const stopSignal = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        resolve(signal);
        // What we started is guarded: it ends with us.
        process.once(signal, () => process.exit(130));
      });
    }
  });

/**
 * Runs a stack until somebody stops it (exit code 0) or a part of it ends by itself (exit code 1, naming it). Signals are
 * heeded from the first moment: one that comes during the start stops what is up by then.
 */
export const runUntilStopped = async (
  start: () => Promise<Stack>,
  whenReady: (stack: Stack) => Promise<void>,
): Promise<number> => {
  const signalled = stopSignal().then((signal) => ({ signal }));
  const starting = start();
  const first = await Promise.race([signalled, starting]);
  if ('signal' in first) {
    say(`\n${first.signal}: stopping …`);
    // Whether it came up or failed, what it started must be down before we go.
    await starting.then(
      (stack) => stack.stop(),
      () => undefined,
    );
    return 130;
  }
  const stack = first;
  try {
    const ready = whenReady(stack).then(() => ({ ready: true }));
    const crashed = stack.crashed.then((crash) => ({ crash }));
    let outcome: object = await Promise.race([ready, signalled, crashed]);
    if ('ready' in outcome) outcome = await Promise.race([signalled, crashed]);
    if ('crash' in outcome) {
      say(`\n✗ ${String(outcome.crash)}\n`);
      return 1;
    }
    say('\nstopping …');
    return 0;
  } finally {
    await stack.stop();
    say('stopped');
  }
};
