import { describe, expect, it } from 'vitest';
import { networkOf } from './address.ts';

describe('attempts are counted', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
  ])('for %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it.each([null, '', 'unknown', '203.0.113', '2130706433 or so'])('for nobody when it is %j', (address) => {
    expect(networkOf(address)).toBeNull();
  });
});
