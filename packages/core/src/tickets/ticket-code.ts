import { placeUnitId, seatUnitId, type UnitId } from '../inventory/unit.ts';
import { type IdPrefix, isId } from '../shared/ids.ts';
import type { TicketCode } from './ticket.ts';

/**
 * The bytes of a ticket's code, small enough for a QR code that a cheap camera reads:
 *
 *     1 version (1) · 16 ticket ULID · 16 event ULID · varint generation · 1 unit form · unit
 *
 * Unit forms: 0 the unit id as UTF-8; 1 a seat whose guid is a UUID, 16 bytes; 2 a place, 16 bytes of the area's ULID and a varint.
 * Each code has exactly one encoding, so equal codes are equal bytes.
 */
const VERSION = 1;
const TEXT = 0;
const SEAT = 1;
const PLACE = 2;

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MAX_VARINT = 2 ** 31 - 1;

const bytesOf = (value: bigint): number[] =>
  Array.from({ length: 16 }, (_, index) => Number((value >> BigInt(8 * (15 - index))) & 0xffn));

const numberOf = (bytes: Uint8Array): bigint =>
  bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

const packUlid = (id: string): number[] =>
  bytesOf(
    [...id.slice(-26)].reduce((value, letter) => (value << 5n) | BigInt(CROCKFORD.indexOf(letter)), 0n),
  );

const unpackId = (prefix: IdPrefix, bytes: Uint8Array): string => {
  const value = numberOf(bytes);
  const letters = Array.from({ length: 26 }, (_, index) =>
    CROCKFORD.charAt(Number((value >> BigInt(5 * (25 - index))) & 31n)),
  );
  return `${prefix}_${letters.join('')}`;
};

const packVarint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...packVarint(Math.floor(value / 128))];

const packUnit = (unitId: UnitId): number[] => {
  const guid = unitId.startsWith('s:') ? unitId.slice(2) : '';
  if (UUID.test(guid)) return [SEAT, ...bytesOf(BigInt(`0x${guid.replaceAll('-', '')}`))];
  const [kind, area, place, ...rest] = unitId.split(':');
  const isPlace =
    kind === 'p' && isId('are', area) && /^[1-9]\d{0,8}$/.test(place ?? '') && rest.length === 0;
  if (isPlace) return [PLACE, ...packUlid(area), ...packVarint(Number(place))];
  return [TEXT, ...new TextEncoder().encode(unitId)];
};

/** Reads forwards; `take` throws RangeError past the end. */
const reader = (bytes: Uint8Array) => {
  let at = 0;
  const take = (count: number): Uint8Array => {
    if (at + count > bytes.length) throw new RangeError('too short');
    at += count;
    return bytes.subarray(at - count, at);
  };
  const byte = (): number => take(1)[0] ?? 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const next = byte();
      value += (next & 127) * 2 ** shift;
      if (next < 128) return value;
    }
    throw new RangeError('too long a number');
  };
  return { take, byte, varint, rest: () => take(bytes.length - at) };
};

const unpackUnit = (from: ReturnType<typeof reader>): UnitId => {
  switch (from.byte()) {
    case TEXT:
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(from.rest());
    case SEAT: {
      const hex = numberOf(from.take(16)).toString(16).padStart(32, '0');
      return seatUnitId(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
    }
    case PLACE: {
      const area = unpackId('are', from.take(16));
      if (!isId('are', area)) throw new RangeError('not an area');
      return placeUnitId(area, from.varint());
    }
    default:
      throw new RangeError('unknown form of unit');
  }
};

/** Throws RangeError on a generation outside of 1 to 2^31 - 1. */
export const packTicketCode = ({ ticketId, eventId, unitId, generation }: TicketCode): Uint8Array => {
  if (!Number.isInteger(generation) || generation < 1 || generation > MAX_VARINT)
    throw new RangeError(`not a generation: ${generation}`);
  return Uint8Array.from([
    VERSION,
    ...packUlid(ticketId),
    ...packUlid(eventId),
    ...packVarint(generation),
    ...packUnit(unitId),
  ]);
};

/** The code that these bytes are the encoding of; null for any other bytes. Never throws. */
export const unpackTicketCode = (bytes: Uint8Array): TicketCode | null => {
  try {
    const from = reader(bytes);
    if (from.byte() !== VERSION) return null;
    const ticketId = unpackId('tkt', from.take(16));
    const eventId = unpackId('evt', from.take(16));
    const generation = from.varint();
    const unitId = unpackUnit(from);
    if (!isId('tkt', ticketId) || !isId('evt', eventId)) return null;
    const code: TicketCode = { ticketId, eventId, unitId, generation };
    const again = packTicketCode(code);
    const isCanonical = again.length === bytes.length && again.every((byte, index) => byte === bytes[index]);
    return isCanonical ? code : null;
  } catch (error) {
    // RangeError from the reader, TypeError from bytes that are no UTF-8.
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
};
