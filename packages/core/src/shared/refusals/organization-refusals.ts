import { entry } from './refusal.ts';

/** Organizations and their members. */
export const organizationRefusals = {
  'organization.slug_taken': entry(
    'conflict',
    () => 'Another organization has this address name (slug). Choose another.',
  ),
  'membership.is_owner': entry(
    'conflict',
    () =>
      'The owner cannot leave, be removed or get another role. Transfer the ownership to another member first.',
  ),
  'membership.exists': entry(
    'conflict',
    () => 'This person is a member already. Change the role of the member instead.',
  ),
  'membership.out_of_rank': entry<{ role: string; acting: string }>(
    'forbidden',
    ({ role, acting }) =>
      `As ${acting} you may not decide about a member with the role ${role}. Ask the owner of the organization.`,
  ),
  'membership.cannot_own': entry<{ because: 'suspended' | 'unverified' }>('conflict', ({ because }) =>
    because === 'suspended'
      ? 'The account of this member is suspended, so it cannot own the organization. Choose another member.'
      : 'This member has not confirmed an e-mail address, and an owner must have one. Ask them to do so, or choose another member.',
  ),
  'membership.changed_meanwhile': entry(
    'conflict',
    () => 'The member was changed or removed meanwhile. Load the list again and repeat the change.',
  ),
  'invitation.open_already': entry(
    'conflict',
    () => 'This address has an open invitation. Send that again, or withdraw it first.',
  ),
  'invitation.gone': entry(
    'gone',
    () => 'This invitation is wrong, was used or withdrawn, or has expired. Ask for a new one.',
  ),
  'invitation.other_address': entry<{ invited: string }>(
    'forbidden',
    ({ invited }) =>
      `This invitation is for ${invited}. Log in with the account of that address, or ask for an invitation to yours.`,
  ),
  'invitation.address_unverified': entry(
    'forbidden',
    () => 'Your e-mail address is not confirmed yet. Confirm it first, then accept the invitation again.',
  ),
  'invitation.inviter_unverified': entry(
    'forbidden',
    () => 'Your e-mail address is not confirmed yet. Ask for a letter, confirm it, then invite again.',
  ),
  'invitation.day_limit': entry<{ limit: number; retryAfterMs: number }>(
    'limited',
    ({ limit }) => `An organization may invite ${limit} people in 24 hours. Invite the others later.`,
  ),
  'invitation.letter_too_soon': entry<{ retryAfterMs: number }>(
    'limited',
    ({ retryAfterMs }) =>
      `A letter went out a moment ago. Send it again in ${Math.ceil(retryAfterMs / 1_000)} seconds.`,
  ),
  'invitation.letters_spent': entry<{ limit: number }>(
    'conflict',
    ({ limit }) =>
      `This invitation was mailed ${limit} times. Check the address, withdraw the invitation and invite anew.`,
  ),
} as const;
