import { describe, expect, test } from 'vitest';
import { ATTEMPT_LIMITS } from '../identity/attempts.ts';
import { LETTER_WINDOW_MS } from '../identity/mail-token.ts';
import type { User } from '../identity/user.ts';
import { acceptInvitation } from '../organizations/accept-invitation.ts';
import { createOrganization } from '../organizations/create-organization.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import { INVITATION_MS, MAX_INVITATIONS_A_DAY, MAX_LETTERS } from '../organizations/invitation.ts';
import { listInvitations } from '../organizations/list-invitations.ts';
import { previewInvitation } from '../organizations/preview-invitation.ts';
import { withdrawInvitation } from '../organizations/withdraw-invitation.ts';
import { DAY_MS } from '../shared/clock.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { codeIn } from '../testing/account-world.ts';
import { openTeam, type TeamWorld, teamWorld } from '../testing/team-world.ts';
import { declineInvitation } from './decline-invitation.ts';
import { inviteMember, inviteMemberSchema } from './invite-member.ts';
import { resendInvitation } from './resend-invitation.ts';

const refusal = (code: string) => ({ code });

const invited = async () => {
  const world = teamWorld();
  const team = await openTeam(world);
  const invitation = await team.invite(team.owner, 'Sam@example.org', 'scanner');
  const [mail] = await world.deliver();
  return { world, team, invitation, mail, token: codeIn(mail) };
};

/** Nobody counts what people do. */
const unlimited = (world: TeamWorld): TeamWorld => ({
  ...world,
  attempts: { ...world.attempts, take: async () => null },
});

describe('an invitation', () => {
  test('makes the account of its address a member in its role, once', async () => {
    const { world, team, mail, token } = await invited();
    expect(mail?.to).toEqual({ email: 'Sam@example.org', name: null });
    const sam = await world.person('sam');
    const membership = await team.accept(sam, token);
    expect(membership).toMatchObject({ userId: sam, role: 'scanner', organizationId: team.organizationId });
    expect(await team.roleOf(sam)).toBe('scanner');
    expect(await listInvitations(world, { organizationId: team.organizationId, limit: 20 })).toMatchObject({
      items: [],
    });
    expect(await team.accept(sam, token), 'again after a lost answer').toEqual(membership);
    const other = await world.person('other');
    await expect(team.accept(other, token)).rejects.toMatchObject(refusal('invitation.gone'));
  });

  test('does not bring back who was removed', async () => {
    const { world, team, token } = await invited();
    const sam = await world.person('sam');
    await team.accept(sam, token);
    await team.remove(team.owner, sam);
    await expect(team.accept(sam, token)).rejects.toMatchObject(refusal('invitation.gone'));
  });

  test('is for the verified address that it was mailed to, and says so without telling that address', async () => {
    const { world, team, token } = await invited();
    const mallory = await world.person('mallory');
    await expect(team.accept(mallory, token)).rejects.toMatchObject({
      code: 'invitation.other_address',
      details: { invited: 'S…@example.org' },
    });
    const sam = await world.person('sam', { verified: false });
    await expect(team.accept(sam, token)).rejects.toMatchObject(refusal('invitation.address_unverified'));
    await world.users.markEmailVerified(sam, 'sam@example.org', world.clock.now());
    await team.accept(sam, token);
    expect(await team.roleOf(mallory)).toBeNull();
  });

  test('is shown to who has the letter, and uses nothing up', async () => {
    const { world, team, token } = await invited();
    const shown = await previewInvitation(world, { token });
    expect(shown).toMatchObject({ organizationName: 'Opera', role: 'scanner', invited: 'S…@example.org' });
    await expect(previewInvitation(world, { token: 'guess' })).rejects.toMatchObject(
      refusal('invitation.gone'),
    );
    await team.accept(await world.person('sam'), token);
    await expect(previewInvitation(world, { token })).rejects.toMatchObject(refusal('invitation.gone'));
  });

  test('works for seven days; then it is listed as expired, and the address can be invited anew', async () => {
    const { world, team, token } = await invited();
    const sam = await world.person('sam');
    world.clock.advance(INVITATION_MS);
    await expect(team.accept(sam, token)).rejects.toMatchObject(refusal('invitation.gone'));
    const { items } = await listInvitations(world, { organizationId: team.organizationId, limit: 20 });
    expect(items).toMatchObject([{ email: 'Sam@example.org', status: 'expired' }]);
    const anew = await team.invite(team.owner, 'sam@example.org', 'analyst');
    expect(anew).toMatchObject({ status: 'open', role: 'analyst' });
    expect(await world.invitations.find(items[0]?.id ?? anew.id)).toMatchObject({ status: 'expired' });
  });

  test('is one per address, however that is written, and none for a member', async () => {
    const { world, team, token } = await invited();
    await expect(team.invite(team.owner, 'SAM@example.org', 'manager')).rejects.toMatchObject(
      refusal('invitation.open_already'),
    );
    await team.accept(await world.person('sam'), token);
    await expect(team.invite(team.owner, 'sam@example.org', 'manager')).rejects.toMatchObject(
      refusal('membership.exists'),
    );
  });

  test('that was withdrawn opens nothing, and its letter is not sent any more', async () => {
    const { world, team, invitation, token } = await invited();
    const sam = await world.person('sam');
    expect(await team.withdraw(team.owner, invitation.id)).toMatchObject({ status: 'withdrawn' });
    expect(await team.withdraw(team.owner, invitation.id)).toMatchObject({ status: 'withdrawn' });
    await expect(team.accept(sam, token)).rejects.toMatchObject(refusal('invitation.gone'));
    const second = await team.invite(team.owner, 'sam@example.org', 'scanner');
    await team.withdraw(team.owner, second.id);
    expect(await world.deliver()).toEqual([]);
  });

  test('that was accepted cannot be withdrawn or mailed again', async () => {
    const { world, team, invitation, token } = await invited();
    await team.accept(await world.person('sam'), token);
    for (const call of [team.withdraw, team.resend])
      await expect(call(team.owner, invitation.id)).rejects.toMatchObject(refusal('invitation.gone'));
  });

  test('is mailed again with another code, not too soon and not for ever', async () => {
    const { world, team, invitation, token } = await invited();
    await expect(team.resend(team.owner, invitation.id)).rejects.toMatchObject({
      code: 'invitation.letter_too_soon',
      details: { retryAfterMs: LETTER_WINDOW_MS },
    });
    const codes = [token];
    for (let letters = 2; letters <= MAX_LETTERS; letters += 1) {
      world.clock.advance(INVITATION_MS);
      expect(await team.resend(team.owner, invitation.id)).toMatchObject({ letters, status: 'open' });
      codes.push(codeIn((await world.deliver())[0]));
    }
    world.clock.advance(LETTER_WINDOW_MS);
    await expect(team.resend(team.owner, invitation.id)).rejects.toMatchObject(
      refusal('invitation.letters_spent'),
    );
    expect(new Set(codes).size).toBe(MAX_LETTERS);
    const sam = await world.person('sam');
    await team.accept(sam, token);
    for (const code of codes.slice(1))
      await expect(team.accept(await world.person(`late${code}`), code)).rejects.toMatchObject(
        refusal('invitation.gone'),
      );
  });

  test('whose letter was sent twice, because a process died, is accepted by either code', async () => {
    const world = teamWorld();
    const team = await openTeam(world);
    await team.invite(team.owner, 'sam@example.org', 'scanner');
    const sent: string[] = [];
    const dying = world.deliver(async (mail) => {
      sent.push(codeIn(mail));
      throw new Error('died after the provider took it');
    });
    await expect(dying).rejects.toThrow('died');
    const [again] = await world.deliver();
    expect(codeIn(again)).not.toBe(sent[0]);
    expect(await team.accept(await world.person('sam'), sent[0] ?? '')).toMatchObject({ role: 'scanner' });
  });

  /** Sam accepts by the code of a letter that arrived, after it was tried to send it ten times more; `kept`: codes that work. */
  const acceptAfterTries = async (kept?: number) => {
    const world = teamWorld();
    const team = await openTeam(world);
    const { id } = await team.invite(team.owner, 'sam@example.org', 'scanner');
    const token = codeIn((await world.deliver())[0]);
    const later = Array.from({ length: 10 }, () => world.mailTokenSource.mint().hash);
    for (const hash of later) await world.invitations.addToken(id, hash);
    const arrived = world.mailTokenSource.hashOf(token);
    const working = [arrived, ...later].slice(-(kept ?? later.length + 1));
    const findByToken: typeof world.invitations.findByToken = async (hash, tx) =>
      working.includes(hash) ? world.invitations.findByToken(hash, tx) : null;
    const userId = await world.person('sam');
    return acceptInvitation(
      { ...world, invitations: { ...world.invitations, findByToken } },
      { userId, token },
    );
  };
  test('is accepted by a letter that arrived, however often it was tried to send another', async () => {
    await expect(acceptAfterTries()).resolves.toMatchObject({ role: 'scanner' });
  });
  test('twin: not when no more codes work than there are letters', async () => {
    await expect(acceptAfterTries(MAX_LETTERS)).rejects.toMatchObject(refusal('invitation.gone'));
  });

  test('shows its code in the letter alone', async () => {
    const { world, mail, token, invitation } = await invited();
    expect(mail?.subject).not.toContain(token);
    expect(mail?.html.split(token)).toHaveLength(2);
    expect(JSON.stringify([world.queued, await world.invitations.find(invitation.id)])).not.toContain(token);
  });

  test('is one of so many in a day, whatever becomes of them', async () => {
    const world = unlimited(teamWorld());
    const team = await openTeam(world);
    for (let n = 0; n < MAX_INVITATIONS_A_DAY; n += 1) {
      const { id } = await team.invite(team.owner, `guest${n}@example.org`, 'scanner');
      await team.withdraw(team.owner, id);
    }
    const next = () => team.invite(team.owner, 'next@example.org', 'scanner');
    await expect(next()).rejects.toMatchObject(refusal('invitation.day_limit'));
    world.clock.advance(DAY_MS + 1);
    await expect(next()).resolves.toMatchObject({ status: 'open' });
  });

  test.each(['owner', 'platform_admin', '', null])('to the role %j is no input', (role) => {
    const input = { organizationId: `org_${'1'.repeat(26)}`, email: 'a@example.org', role };
    const read = inviteMemberSchema.safeParse(input);
    expect(read.error?.issues[0]?.message).toContain('ownership is transferred');
  });
});

/** The opera with a manager, a scanner and an analyst. */
describe('an invitation that is declined', () => {
  test('opens nothing any more, takes no account to decline, and is told to who invited', async () => {
    const { world, team, invitation, token } = await invited();
    expect(await team.decline(token)).toEqual({ status: 'declined' });
    expect(await team.decline(token), 'again').toEqual({ status: 'declined' });
    const letters = await world.deliver();
    expect(letters.map(({ to, subject }) => [to.email, subject])).toEqual([
      ['olga@example.org', 'Sam@example.org does not join the team of Opera'],
    ]);
    const sam = await world.person('sam');
    await expect(team.accept(sam, token)).rejects.toMatchObject(refusal('invitation.gone'));
    await expect(team.withdraw(team.owner, invitation.id)).rejects.toMatchObject(refusal('invitation.gone'));
    await expect(team.invite(team.owner, 'sam@example.org', 'seller')).resolves.toMatchObject({
      status: 'open',
    });
  });

  test('by guessing takes no transaction from who buys, and only so many tries', async () => {
    const { world, token } = await invited();
    let begun = 0;
    const run: typeof world.unitOfWork.run = (work) => {
      begun += 1;
      return world.unitOfWork.run(work);
    };
    const guess = (deps: typeof world) =>
      declineInvitation({ ...deps, unitOfWork: { run } }, { token: 'a guess', network: '203.0.113.7' }).catch(
        ({ code }: { code: string }) => code,
      );
    const { count } = ATTEMPT_LIMITS.present_code_per_address;
    for (let n = 0; n < count; n += 1) expect(await guess(world)).toBe('invitation.gone');
    expect(await guess(world)).toBe('auth.too_many_attempts');
    expect(begun).toBe(0);
    const uncounted = unlimited(world);
    expect(await guess(uncounted), 'twin: uncounted').toBe('invitation.gone');
    const found = await world.invitations.findByToken(world.mailTokenSource.hashOf(token));
    const trusting = { ...world.invitations, findByToken: async (_: string, tx?: Tx) => (tx ? null : found) };
    expect(await guess({ ...uncounted, invitations: trusting }), 'twin: not looked up').toBe(
      'invitation.gone',
    );
    expect(begun).toBe(1);
  });

  test('was open: a guess, or one that was accepted, withdrawn or ran out, declines nothing', async () => {
    const { world, team, invitation, token } = await invited();
    await expect(team.decline('a guess')).rejects.toMatchObject(refusal('invitation.gone'));
    await team.withdraw(team.owner, invitation.id);
    await expect(team.decline(token)).rejects.toMatchObject(refusal('invitation.gone'));
    await team.invite(team.owner, 'sam@example.org', 'scanner');
    const second = codeIn((await world.deliver()).at(-1));
    world.clock.advance(INVITATION_MS);
    await expect(team.decline(second)).rejects.toMatchObject(refusal('invitation.gone'));
    expect(await world.deliver()).toEqual([]);
  });
});

const flood = async (world: TeamWorld, count: number, to: (n: number) => string) => {
  const olga = (await openTeam(world)).owner;
  const opened: OrganizationAccess[] = [];
  for (let n = 0; n < Math.ceil(count / 15); n += 1) {
    const { organization } = await createOrganization(world, { userId: olga, name: `Opera ${n}` });
    opened.push({ organizationId: organization.id, userId: olga, role: 'owner' });
  }
  let letters = 0;
  for (let n = 0; n < count; n += 1) {
    const access = opened[n % opened.length];
    if (access === undefined) continue;
    const { organizationId } = access;
    const invitation = await inviteMember(world, access, {
      organizationId,
      email: to(n),
      role: 'scanner',
    }).catch((error: unknown) => {
      expect(error).toMatchObject(refusal('account.too_often'));
      return null;
    });
    if (invitation === null) continue;
    letters += 1;
    await withdrawInvitation(world, access, { organizationId, invitationId: invitation.id });
  }
  return letters;
};
const toOthers = (n: number) => `stranger${n}@example.org`;
const toOne = (n: number) => (n % 2 ? 'Victim@example.org' : 'victim@example.org');

describe('letters to strangers', () => {
  test('are so many a day from an account, however many organizations it opens', async () => {
    expect(await flood(teamWorld(), 130, toOthers)).toBe(ATTEMPT_LIMITS.invite_per_account.count);
  });
  test('are so many a day to an address, from whatever organizations', async () => {
    expect(await flood(teamWorld(), 30, toOne)).toBe(ATTEMPT_LIMITS.invite_per_recipient.count);
  });
  test('twin: uncounted, all of them go out', async () => {
    expect(await flood(unlimited(teamWorld()), 130, toOthers)).toBe(130);
    expect(await flood(unlimited(teamWorld()), 30, toOne)).toBe(30);
  });

  test('sent again count too', async () => {
    const { world, team, invitation } = await invited();
    world.clock.advance(LETTER_WINDOW_MS);
    await team.resend(team.owner, invitation.id);
    expect(world.attempts.taken.filter((one) => one.startsWith('invite_per_recipient'))).toHaveLength(2);
    await expect(team.resend(team.owner, invitation.id)).rejects.toMatchObject(
      refusal('invitation.letter_too_soon'),
    );
    expect(world.attempts.taken.filter((one) => one.startsWith('invite_per_recipient'))).toHaveLength(2);
  });

  test('come only from who has confirmed an address, also when sent again', async () => {
    const { world, team, invitation } = await invited();
    const users = {
      ...world.users,
      find: async (id: User['id']) => {
        const user = await world.users.find(id);
        return user === null ? null : { ...user, emailVerifiedAt: null };
      },
    };
    const access = await team.access(team.owner);
    const { organizationId } = team;
    const unconfirmed = { ...world, users };
    const invite = (deps: typeof world) =>
      inviteMember(deps, access, { organizationId, email: 'ina@example.org', role: 'scanner' });
    const again = (deps: typeof world) =>
      resendInvitation(deps, access, { organizationId, invitationId: invitation.id });
    world.clock.advance(LETTER_WINDOW_MS);
    for (const call of [invite, again])
      await expect(call(unconfirmed)).rejects.toMatchObject(refusal('invitation.inviter_unverified'));
    for (const call of [invite, again])
      await expect(call(world), 'twin: confirmed').resolves.toMatchObject({ status: 'open' });
  });
});

test('an account opens so many organizations a day', async () => {
  const world = teamWorld();
  const userId = await world.person('olga');
  const { count } = ATTEMPT_LIMITS.create_organization_per_account;
  const open = (deps: TeamWorld) => createOrganization(deps, { userId, name: 'Opera' });
  for (let n = 0; n < count; n += 1) await open(world);
  await expect(open(world)).rejects.toMatchObject(refusal('account.too_often'));
  await expect(open(unlimited(world)), 'twin: uncounted').resolves.toBeDefined();
  world.clock.advance(DAY_MS);
  await expect(open(world)).resolves.toBeDefined();
});

/** Sam accepts what was sent by an admin or a manager who lost the right to invite meanwhile. `blind`: nobody looks at who invited. */
const acceptFrom = async (loss: 'admin revoked' | 'account suspended' | 'none', blind: boolean) => {
  const world = teamWorld();
  const team = await openTeam(world);
  const admin =
    loss === 'account suspended' ? await team.join('mara', 'manager') : await world.person('root');
  const seen = (lost: boolean) => async (id: User['id']) => {
    const user = await world.users.find(id);
    if (user === null || id !== admin) return user;
    if (loss !== 'account suspended') return { ...user, isAdmin: !lost };
    return lost ? { ...user, suspension: { at: world.clock.now(), by: team.owner, reason: 'fraud' } } : user;
  };
  const { organizationId } = team;
  const access = {
    organizationId,
    userId: admin,
    role: loss === 'account suspended' ? ('manager' as const) : ('platform_admin' as const),
  };
  await inviteMember(world, access, { organizationId, email: 'sam@example.org', role: 'manager' });
  const token = codeIn((await world.deliver()).at(-1));
  const userId = await world.person('sam');
  const users = { ...world.users, find: seen(!blind && loss !== 'none') };
  return acceptInvitation({ ...world, users }, { userId, token });
};
test.each(['admin revoked', 'account suspended'] as const)(
  'an invitation lets nobody in once its inviter has lost the right to invite: %s',
  async (loss) => {
    await expect(acceptFrom(loss, false)).rejects.toMatchObject(refusal('invitation.gone'));
    await expect(acceptFrom('none', false)).resolves.toMatchObject({ role: 'manager' });
  },
);
test.each(['admin revoked', 'account suspended'] as const)(
  'twin: it does when the account is seen as it was before: %s',
  async (loss) => {
    await expect(acceptFrom(loss, true)).resolves.toMatchObject({ role: 'manager' });
  },
);
