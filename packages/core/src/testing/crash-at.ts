import { atCall } from './at-call.ts';

/** Thrown by the call at which the process "died", and by every later one. */
export class Crashed extends Error {
  override readonly name = 'Crashed';
}

export type CrashPlan = {
  /** The call, counted from 1 over all ports, at which the process dies. */
  readonly at: number;
  /** `before` the call was sent, or `after` it was done and its answer was on the way. */
  readonly when: 'before' | 'after';
};

export type Mortal<D> = { readonly deps: D; readonly crashed: () => boolean };

/**
 * The same ports, in a process that dies at the n-th call of any of them: from then on every call fails, so no clean-up code
 * runs either.
 */
export const crashAt = <D extends Record<string, unknown>>(deps: D, plan: CrashPlan): Mortal<D> => {
  let dead = false;
  const mortal = atCall(deps, (call, when) => {
    if (call === plan.at && when === plan.when) dead = true;
    if (dead) throw new Crashed(`died ${plan.when} call ${plan.at}`);
  });
  return { deps: mortal, crashed: () => dead };
};
