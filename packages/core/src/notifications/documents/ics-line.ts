import type { Temporal } from 'temporal-polyfill';

/** Octets of a line without its break (RFC 5545 §3.1). */
const MAX_OCTETS = 75;

/** A line with its break, folded where it is too long, and never within a character. */
export const contentLine = (line: string): string => {
  const folded: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MAX_OCTETS) {
      folded.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return `${[...folded, part].join('\r\n')}\r\n`;
};

/** A TEXT value (RFC 5545 §3.3.11): nothing in it can end the line or the value. */
export const escapeText = (text: string): string =>
  text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');

/** `20261231T190000Z`. */
export const utcStamp = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** `20261231T200000`, the time on the wall. */
export const wallStamp = (wall: Temporal.PlainDateTime): string =>
  wall.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');
