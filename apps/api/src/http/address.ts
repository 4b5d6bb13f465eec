import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Asker } from './asker.ts';

/** `203.0.113.7:4711` and `[2001:db8::1]:4711` without their port: some proxies write it along. */
const withoutPort = (text: string): string =>
  /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(text)?.[1] ?? text;

/**
 * Who connected; behind a proxy that we trust, the address that this proxy saw (the last one of the list). What is no address
 * counts as none, so that nobody counts for himself by a word of his own.
 */
export const addressOf = ({ header, peer }: Asker, trustProxy: boolean): string | null => {
  const forwarded = trustProxy ? header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  const seen = forwarded === undefined ? null : withoutPort(forwarded);
  return seen !== null && isIP(seen) !== 0 ? seen : peer();
};

/** Whom attempts from an address are counted for: itself, or the /64 of an IPv6 address, because one household has all of that. */
export const networkOf = (address: string | null): string | null => {
  if (address === null || isIP(address) === 0) return null;
  // An IPv4 address in IPv6 clothes (::ffff:203.0.113.7) is itself again.
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`;
};
