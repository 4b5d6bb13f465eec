/** Thrown by the call at which the process "died", and by every later one. */
export class Crashed extends Error {
  override readonly name = 'Crashed';
}

export type CrashPlan = {
  /** The call, counted from 1 over all ports, at which the process dies. Infinity: never. */
  readonly at: number;
  /** `before` the call was sent, or `after` it was done and its answer was on the way. */
  readonly when: 'before' | 'after';
};

export type Mortal<D> = {
  readonly deps: D;
  /** Calls made so far. */
  readonly calls: () => number;
  readonly crashed: () => boolean;
};

/**
 * The same ports, in a process that dies at the n-th call of any of them: from then on every call fails, so no clean-up code
 * runs either. Calls that only mint or look at something in this process (`clock`, `ids`, …) do not count.
 */
export const crashAt = <D extends Record<string, unknown>>(
  deps: D,
  { at, when }: CrashPlan,
  uncounted: readonly (keyof D)[] = ['clock', 'ids', 'referenceSource', 'layouts'] as (keyof D)[],
): Mortal<D> => {
  let count = 0;
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Crashed(`died at call ${at}`);
  };
  const mortal = (port: object): object =>
    new Proxy(port, {
      get: (target, name, receiver) => {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          if (dead) die();
          count += 1;
          const mine = count;
          if (mine === at && when === 'before') die();
          const result: unknown = await Reflect.apply(member, target, args);
          if (mine === at && when === 'after') die();
          if (dead) die();
          return result;
        };
      },
    });
  const wrapped = Object.fromEntries(
    Object.entries(deps).map(([name, port]) => [
      name,
      uncounted.includes(name) || typeof port !== 'object' || port === null ? port : mortal(port),
    ]),
  );
  // The same keys, each with the same methods.
  return { deps: wrapped as D, calls: () => count, crashed: () => dead };
};
