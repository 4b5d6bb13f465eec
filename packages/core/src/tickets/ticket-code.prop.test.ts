import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeUnitId, seatUnitId } from '../inventory/unit.ts';
import type { AreaId, EventId, TicketId } from '../shared/ids.ts';
import type { TicketCode } from './ticket.ts';
import { packTicketCode, unpackTicketCode } from './ticket-code.ts';

const letter = fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz');
const ulid = fc
  .tuple(fc.constantFrom(...'01234567'), fc.array(letter, { minLength: 25, maxLength: 25 }))
  .map(([first, rest]) => first + rest.join(''));
// The casts make the brands, which no constructor outside of an IdSource gives.
const unit = fc.oneof(
  fc.uuid().map(seatUnitId),
  fc
    .tuple(ulid, fc.integer({ min: 1, max: 100_000 }))
    .map(([area, n]) => placeUnitId(`are_${area}` as AreaId, n)),
  fc.string({ unit: 'grapheme', maxLength: 40 }).map(seatUnitId),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const code: fc.Arbitrary<TicketCode> = fc.record({
  ticketId: ulid.map((id) => `tkt_${id}` as TicketId),
  eventId: ulid.map((id) => `evt_${id}` as EventId),
  unitId: unit,
  generation: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
});

const CODE: TicketCode = {
  ticketId: 'tkt_01h455vb4pex5vsknk084sn02q' as TicketId,
  eventId: 'evt_01h455vb4pex5vsknk084sn02r' as EventId,
  unitId: 's:f47ac10b-58cc-4372-a567-0e02b2c3d479',
  generation: 1,
};

describe('a ticket code in bytes', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(code, (given) => {
        expect(unpackTicketCode(packTicketCode(given))).toEqual(given);
      }),
    );
  });

  it('has one encoding only: bytes that are read pack to the same bytes', () => {
    const near = fc.tuple(code, fc.nat(), fc.nat(255)).map(([given, at, byte]) => {
      const bytes = packTicketCode(given);
      bytes[at % bytes.length] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(fc.oneof(near, fc.uint8Array({ maxLength: 80 })), (bytes) => {
        const read = unpackTicketCode(bytes);
        if (read !== null) expect(packTicketCode(read)).toEqual(bytes);
      }),
    );
  });

  it('two codes never have the same bytes', () => {
    fc.assert(
      fc.property(code, code, (a, b) => {
        const equal = Buffer.from(packTicketCode(a)).equals(Buffer.from(packTicketCode(b)));
        expect(equal).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it('is small where the plan’s guids are UUIDs', () => {
    expect(packTicketCode(CODE)).toHaveLength(51);
  });

  it('a shortened one, another version and a second spelling are nothing', () => {
    const bytes = packTicketCode(CODE);
    for (let length = 0; length < bytes.length; length += 1)
      expect(unpackTicketCode(bytes.subarray(0, length))).toBeNull();
    expect(unpackTicketCode(Uint8Array.from([2, ...bytes.subarray(1)]))).toBeNull();
    // Generation 1 as a varint of two bytes.
    expect(
      unpackTicketCode(Uint8Array.from([...bytes.subarray(0, 33), 0x81, 0, ...bytes.subarray(34)])),
    ).toBeNull();
    // A UUID seat spelled as text.
    const text = new TextEncoder().encode(CODE.unitId);
    expect(unpackTicketCode(Uint8Array.from([...bytes.subarray(0, 34), 0, ...text]))).toBeNull();
  });

  it('a generation that is none is refused', () => {
    for (const generation of [0, -1, 1.5, 2 ** 31])
      expect(() => packTicketCode({ ...CODE, generation })).toThrow(RangeError);
  });
});
