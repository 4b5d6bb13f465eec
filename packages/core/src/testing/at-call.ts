export type CallHook = (call: number, when: 'before' | 'after') => Promise<void> | void;

/** Ports that only mint or look at something in this process: they are no steps of a flow. */
const UNCOUNTED = ['clock', 'ids', 'referenceSource', 'personKeys', 'layouts', 'mailTokenSource'];

/**
 * The same ports, with `hook` before and after each call of any of them, counted from 1: the place to let something happen
 * between any two steps of a flow. A hook that throws ends the call.
 */
export const atCall = <D extends Record<string, unknown>>(deps: D, hook: CallHook): D => {
  let count = 0;
  const hooked = (port: object): object =>
    new Proxy(port, {
      get: (target, name, receiver) => {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          count += 1;
          const mine = count;
          await hook(mine, 'before');
          const result: unknown = await Reflect.apply(member, target, args);
          await hook(mine, 'after');
          return result;
        };
      },
    });
  const wrapped = Object.fromEntries(
    Object.entries(deps).map(([name, port]) => [
      name,
      UNCOUNTED.includes(name) || typeof port !== 'object' || port === null ? port : hooked(port),
    ]),
  );
  // The same keys, each with the same methods.
  return wrapped as D;
};
