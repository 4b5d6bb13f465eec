import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { REQUEST_TIMEOUT_MS } from './connect.ts';
import { type LuaSources, readLuaSources } from './lua-sources.ts';
import { createPatience, type Patience } from './patience.ts';
import { asOutage } from './redis-errors.ts';
import { ScriptCommand } from './script-command.ts';
import { type Reply, readReply, SCRIPTS, type ScriptName } from './script-registry.ts';
import { createTurnGathering, type TurnGathering } from './turn-gathering.ts';

export type ScriptArgument = string | number | Buffer;

/** Runs a script by its hash, one round trip; two when the server does not know it yet (first use, SCRIPT FLUSH, failover). */
export type ScriptRunner = {
  readonly redis: Redis;
  /** Of the present turn of the event loop, whose calls go out together. */
  readonly turn: TurnGathering;
  readonly run: <N extends ScriptName>(
    name: N,
    keys: readonly string[],
    args: readonly ScriptArgument[],
  ) => Promise<Reply<N>>;
  /** The same with the rest of the answer as bytes. */
  readonly runBinary: <N extends ScriptName>(
    name: N,
    keys: readonly string[],
    args: readonly ScriptArgument[],
  ) => Promise<Reply<N>>;
};

const isText = (args: readonly ScriptArgument[]): args is readonly (string | number)[] =>
  !args.some((arg) => typeof arg === 'object');

const isNoScript = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('NOSCRIPT');

/**
 * `sources` is what tests change to switch a protection off. Throws when a script of the registry has no source.
 * Outages come out as DomainError `service.unreachable`.
 */
export const createScriptRunner = (
  redis: Redis,
  sources: LuaSources = readLuaSources(),
  patience: Patience = createPatience(REQUEST_TIMEOUT_MS),
): ScriptRunner => {
  const scripts = new Map<string, { readonly lua: string; readonly sha: string }>();
  for (const name of Object.keys(SCRIPTS)) {
    const lua = sources[name];
    if (lua === undefined) throw new Error(`the script ${name}.lua is missing`);
    scripts.set(name, { lua, sha: createHash('sha1').update(lua).digest('hex') });
  }

  const turn = createTurnGathering(redis);
  const send = (command: ScriptCommand): Promise<unknown> => {
    redis.sendCommand(command);
    return command.promise;
  };
  const call = async (
    name: ScriptName,
    keys: readonly string[],
    args: readonly ScriptArgument[],
    binary: boolean,
  ) => {
    const script = scripts.get(name);
    if (script === undefined) throw new Error(`the script ${name}.lua is missing`);
    const { lua, sha } = script;
    turn.holdBack();
    try {
      return await patience(
        binary
          ? redis.callBuffer('EVALSHA', sha, keys.length, ...keys, ...args)
          : isText(args)
            ? send(new ScriptCommand(sha, keys, args))
            : redis.evalsha(sha, keys.length, ...keys, ...args),
      );
    } catch (error) {
      if (!isNoScript(error)) throw asOutage(error);
    }
    try {
      return await patience(
        binary
          ? redis.callBuffer('EVAL', lua, keys.length, ...keys, ...args)
          : redis.eval(lua, keys.length, ...keys, ...args),
      );
    } catch (error) {
      throw asOutage(error);
    }
  };

  return {
    redis,
    turn,
    run: async (name, keys, args) => readReply(name, await call(name, keys, args, false)),
    runBinary: async (name, keys, args) => readReply(name, await call(name, keys, args, true)),
  };
};
