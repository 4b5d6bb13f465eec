import type { AccountNotice } from '@eventhorizon/core/notifications/notices/account-notice';
import type { OrganizerNotice } from '@eventhorizon/core/notifications/notices/organizer-notice';
import type { TeamNotice } from '@eventhorizon/core/notifications/notices/team-notice';
import {
  type AccountMatter,
  accountLetterOf,
} from '@eventhorizon/core/notifications/templates/account-letter-of';
import { organizerLetterOf } from '@eventhorizon/core/notifications/templates/organizer-letter-of';
import { type TeamMatter, teamLetterOf } from '@eventhorizon/core/notifications/templates/team-letter-of';
import type { OrganizationId } from '@eventhorizon/core/shared/ids';
import { byMail, type Sample } from '../sample.ts';

export const TOKEN = '3Jd8kQmX0vB2tY7wZ5nR1sL6pH4cF9gA';
const organizationName = 'Aurora Stages';

const account = (matter: AccountMatter): readonly Sample[] => [
  byMail('', accountLetterOf({ matter, name: 'Ada Lovelace', username: 'ada' })),
];
const team = (matter: TeamMatter, name: string | null = 'Ada Lovelace'): Sample =>
  byMail('', teamLetterOf({ organizationName, name, matter }));
const dispute = {
  organizationId: 'org_01h455vb4pex5vsknk084s0001' as OrganizationId,
  disputeId: 'dp_1PqR5tUvWxYz',
  amount: { amount: 11_700, currency: 'EUR' },
  reason: 'product_not_received',
  reference: 'EVT-7K3M9Q',
  eventTitle: 'The Winter Concert: Sibelius, Grieg and Nielsen',
} as const;
const organizer = (name: string, matter: OrganizerNotice): Sample =>
  byMail(name, organizerLetterOf({ organizationName, name: 'Olga', matter }));

type PlainKind = AccountNotice['kind'] | TeamNotice['kind'] | OrganizerNotice['kind'];

/** What owners of accounts and members of teams are told. */
export const ACCOUNT_SAMPLES: { readonly [K in PlainKind]: readonly Sample[] } = {
  verify_email: account({ kind: 'verify_email', token: TOKEN }),
  reset_password: account({ kind: 'reset_password', token: TOKEN }),
  password_changed: account({ kind: 'password_changed' }),
  account_suspended: account({ kind: 'account_suspended' }),
  account_reinstated: account({ kind: 'account_reinstated' }),
  invitation: [
    team(
      {
        kind: 'invitation',
        role: 'manager',
        invitedBy: 'Olga',
        token: TOKEN,
        expiresAt: new Date('2026-11-08T10:00:00Z'),
      },
      null,
    ),
  ],
  role_changed: [team({ kind: 'role_changed', role: 'analyst' })],
  member_removed: [team({ kind: 'member_removed' })],
  ownership_received: [team({ kind: 'ownership_received', other: 'Olga' })],
  ownership_given: [team({ kind: 'ownership_given', other: 'Olga' })],
  dispute_opened: [
    organizer('', {
      kind: 'dispute_opened',
      ...dispute,
      taken: true,
      answerBy: new Date('2026-11-20T23:59:00Z'),
    }),
    organizer('inquiry', { kind: 'dispute_opened', ...dispute, taken: false, answerBy: null }),
  ],
  dispute_won: [organizer('', { kind: 'dispute_won', ...dispute })],
  dispute_lost: [organizer('', { kind: 'dispute_lost', ...dispute })],
};
