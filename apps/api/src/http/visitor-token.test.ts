import type { VisitorId } from '@eventhorizon/core/shared/ids';
import { describe, expect, it } from 'vitest';
import { visitorTokens } from './visitor-token.ts';

const ada = 'vis_01h455vb4pex5vsknk084sn02q' as VisitorId;
const bob = 'vis_01h455vb4pex5vsknk084sn02r' as VisitorId;
const tokens = visitorTokens('a'.repeat(32));

describe('visitorTokens', () => {
  it('reads back whom it issued a token to', () => {
    expect(tokens.read(tokens.issue(ada))).toBe(ada);
  });

  it('refuses a token of another visitor, another secret, or none', () => {
    const signature = tokens.issue(ada).split('.')[1];
    expect(tokens.read(`${bob}.${signature}`)).toBeNull();
    expect(visitorTokens('b'.repeat(32)).read(tokens.issue(ada))).toBeNull();
    for (const text of [
      '',
      ada,
      `${ada}.`,
      `${ada}.x`,
      `${tokens.issue(ada)}.x`,
      `usr${ada.slice(3)}.${signature}`,
    ])
      expect(tokens.read(text)).toBeNull();
  });

  it('refuses a token with any character of its signature changed', () => {
    const [, signature = ''] = tokens.issue(ada).split('.');
    // The last character carries two bits that no byte uses, so it alone may differ.
    for (let at = 0; at < signature.length - 1; at += 1) {
      const changed = signature[at] === 'A' ? 'B' : 'A';
      expect(tokens.read(`${ada}.${signature.slice(0, at)}${changed}${signature.slice(at + 1)}`)).toBeNull();
    }
  });
});
