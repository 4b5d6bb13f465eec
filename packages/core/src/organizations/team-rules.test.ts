import { expect, test } from 'vitest';
import { type ActingRole, GIVABLE_ROLES, ROLES } from './capabilities.ts';
import { requireMayChange, requireMayGive } from './team-rules.ts';

const ACTING: readonly ActingRole[] = ['platform_admin', ...ROLES];
const passes = (check: () => void): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};
/** For each acting role, the roles that the rule lets it decide about. */
const table = (rule: (acting: ActingRole, role: (typeof ROLES)[number]) => void) =>
  Object.fromEntries(
    ACTING.map((acting) => [acting, ROLES.filter((role) => passes(() => rule(acting, role)))]),
  );

test('nobody gives a role above their own', () => {
  expect(table(requireMayGive)).toEqual({
    platform_admin: ROLES,
    owner: ROLES,
    manager: GIVABLE_ROLES,
    seller: ['seller', 'scanner', 'analyst'],
    scanner: ['seller', 'scanner', 'analyst'],
    analyst: ['seller', 'scanner', 'analyst'],
  });
});

test('a member is changed by who stands above them, and the owner by nobody', () => {
  expect(table(requireMayChange)).toEqual({
    platform_admin: GIVABLE_ROLES,
    owner: GIVABLE_ROLES,
    manager: ['seller', 'scanner', 'analyst'],
    seller: [],
    scanner: [],
    analyst: [],
  });
});
