import { expect, test } from 'vitest';
import { CAPABILITIES, capabilitiesOf, isAllowed, ROLES, requireCapability } from './capabilities.ts';

test('a scanner scans and nothing else', () => {
  expect([...capabilitiesOf.scanner]).toEqual(['tickets.scan']);
});

test('a seller sells within the limits, and neither refunds nor changes events', () => {
  expect(isAllowed('seller', 'boxoffice.sell')).toBe(true);
  for (const capability of ['boxoffice.override', 'refunds.write', 'events.write', 'bookings.write'] as const)
    expect(isAllowed('seller', capability)).toBe(false);
});

test('an analyst changes nothing and reads neither bookings nor tickets, which name persons', () => {
  for (const capability of capabilitiesOf.analyst) expect(capability).toMatch(/\.read$/);
  for (const capability of ['bookings.read', 'tickets.read', 'members.read'] as const) {
    expect(isAllowed('analyst', capability)).toBe(false);
  }
});

test('a manager does everything except for changing the organization and giving it away', () => {
  const refused = CAPABILITIES.filter((capability) => !isAllowed('manager', capability));
  expect(refused).toEqual(['organization.write', 'ownership.transfer']);
});

test('there is nothing that nobody may do: owners and platform admins may do all', () => {
  expect([...capabilitiesOf.owner]).toEqual(CAPABILITIES);
  expect([...capabilitiesOf.platform_admin]).toEqual(CAPABILITIES);
});

test('a refusal names the capability and the role', () => {
  expect(() => requireCapability('owner', 'events.write')).not.toThrow();
  for (const role of ROLES.filter((r) => !isAllowed(r, 'events.write'))) {
    expect(() => requireCapability(role, 'events.write')).toThrow(
      expect.objectContaining({
        code: 'capability.missing',
        details: { capability: 'events.write', role },
      }),
    );
  }
});
