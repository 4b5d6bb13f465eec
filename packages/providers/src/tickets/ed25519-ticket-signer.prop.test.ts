import { generateKeyPairSync } from 'node:crypto';
import type { EventId, TicketId } from '@eventhorizon/core/shared/ids';
import type { TicketCode } from '@eventhorizon/core/tickets/ticket';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ed25519TicketSigner, type TicketPrivateJwk } from './ed25519-ticket-signer.ts';

const newKey = (kid: string): TicketPrivateJwk => {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { kty: 'OKP', crv: 'Ed25519', x, d, kid };
};
const publicOf = ({ kty, crv, x, kid }: TicketPrivateJwk) => ({ kty, crv, x, kid });

// The casts make the brands, which no constructor outside of an IdSource gives.
const CODE: TicketCode = {
  ticketId: 'tkt_01h455vb4pex5vsknk084sn02q' as TicketId,
  eventId: 'evt_01h455vb4pex5vsknk084sn02r' as EventId,
  unitId: 's:f47ac10b-58cc-4372-a567-0e02b2c3d479',
  generation: 3,
};
const codes = fc
  .tuple(fc.integer({ min: 1, max: 1_000 }), fc.string({ minLength: 1, maxLength: 30 }))
  .map(([generation, guid]): TicketCode => ({ ...CODE, generation, unitId: `s:${guid}` }));

const key = newKey('2027-a');
const signer = ed25519TicketSigner({ privateJwk: key });

describe('signed ticket codes', () => {
  it('are read back as they were signed, by anybody with the public key', async () => {
    await fc.assert(
      fc.asyncProperty(codes, async (code) => {
        expect(await signer.verify(await signer.sign(code))).toEqual(code);
      }),
    );
  });

  it('are the same each time, so they need not be stored', async () => {
    expect(await signer.sign(CODE)).toBe(await signer.sign(CODE));
  });

  it('are refused with any single byte changed', async () => {
    const text = await signer.sign(CODE);
    const flips = fc.tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(flips, async ([at, mask]) => {
        const bytes = Buffer.from(text, 'latin1');
        bytes[at] = (bytes[at] ?? 0) ^ mask;
        expect(await signer.verify(bytes.toString('latin1'))).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it('are refused with every letter of theirs changed to its neighbour', async () => {
    const text = await signer.sign(CODE);
    for (let at = 0; at < text.length; at += 1) {
      const changed = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) + 1) + text.slice(at + 1);
      expect(await signer.verify(changed), `letter ${at}`).toBeNull();
    }
  });

  it('of another key are refused, also under the same kid', async () => {
    const forger = ed25519TicketSigner({ privateJwk: newKey(key.kid) });
    expect(await signer.verify(await forger.sign(CODE))).toBeNull();
    const stranger = ed25519TicketSigner({ privateJwk: newKey('stranger') });
    expect(await signer.verify(await stranger.sign(CODE))).toBeNull();
  });

  it('of the forger are taken by who trusts the forger: it is the key that refuses them', async () => {
    const forgerKey = newKey('stranger');
    const trusting = ed25519TicketSigner({ privateJwk: key, publicJwks: [publicOf(forgerKey)] });
    expect(await trusting.verify(await ed25519TicketSigner({ privateJwk: forgerKey }).sign(CODE))).toEqual(
      CODE,
    );
  });

  it('of before a rotation stay good', async () => {
    const old = await signer.sign(CODE);
    const rotated = ed25519TicketSigner({ privateJwk: newKey('2027-b'), publicJwks: [publicOf(key)] });
    expect(await rotated.verify(old)).toEqual(CODE);
    expect(await rotated.sign(CODE)).not.toBe(old);
    expect((await rotated.publicKeys()).keys.map(({ kid }) => kid)).toEqual(['2027-b', '2027-a']);
  });

  it('nonsense of any kind is nothing, and never an error', async () => {
    const nonsense = fc.oneof(
      fc.string(),
      fc.string().map((text) => `EH1.${text}`),
      fc.constant('EH1.'.repeat(400)),
    );
    await fc.assert(
      fc.asyncProperty(nonsense, async (text) => {
        expect(await signer.verify(text)).toBeNull();
      }),
    );
    const text = await signer.sign(CODE);
    for (const more of [`${text}.`, `${text}.x`, ` ${text}`, `${text}=`])
      expect(await signer.verify(more)).toBeNull();
  });

  it('are short enough for a QR code that a cheap camera reads', async () => {
    expect((await signer.sign(CODE)).length).toBeLessThanOrEqual(170);
  });

  it('the published keys hold no private part', async () => {
    const { keys } = await signer.publicKeys();
    expect(keys).toEqual([{ ...publicOf(key), use: 'sig', alg: 'EdDSA' }]);
  });

  it('a key of another kind is refused when the signer is made, without being shown', () => {
    const bad = { ...key, crv: 'Ed448' as 'Ed25519' };
    expect(() => ed25519TicketSigner({ privateJwk: bad })).toThrow();
    try {
      ed25519TicketSigner({ privateJwk: bad });
    } catch (error) {
      expect(String(error)).not.toContain(key.d);
    }
  });
});
