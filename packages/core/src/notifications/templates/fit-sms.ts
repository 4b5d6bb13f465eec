import { oneLine } from './one-line.ts';

/** The basic alphabet of GSM 03.38, and the characters that cost two of its places. Anything else makes the whole SMS UCS-2. */
const BASIC = /^[\n\r @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}[\]~|\\€]*$/;
const DOUBLE = /[\^{}[\]~|\\€]/g;

/** Whether an SMS is one message in GSM's alphabet (160 places), or at most two in UCS-2 (67 units each, joined). */
const fits = (text: string): boolean =>
  BASIC.test(text) ? text.length + (text.match(DOUBLE)?.length ?? 0) <= 160 : text.length <= 2 * 67;

/** What `said` makes of a title, which is shortened until it is one message: every message costs money. */
export const fitSms = (title: string, said: (name: string) => string): string => {
  const name = oneLine(title);
  if (fits(said(name))) return said(name);
  const letters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name)].map(
    ({ segment }) => segment,
  );
  for (let kept = letters.length - 1; kept > 0; kept -= 1) {
    const short = said(`${letters.slice(0, kept).join('').trimEnd()}...`);
    if (fits(short)) return short;
  }
  return said('...');
};
