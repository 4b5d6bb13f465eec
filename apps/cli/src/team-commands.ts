import { GIVABLE_ROLES, type GivableRole } from '@eventhorizon/core/organizations/capabilities';
import { Argument, type Command, Option } from 'commander';
import type { CommandContext } from './command-context.ts';
import { acceptInvitation } from './commands/invitations-accept.ts';
import { declineInvitation } from './commands/invitations-decline.ts';
import { listInvitations } from './commands/invitations-list.ts';
import { resendInvitation } from './commands/invitations-resend.ts';
import { withdrawInvitation } from './commands/invitations-withdraw.ts';
import { showHistory } from './commands/members-history.ts';
import { inviteMember } from './commands/members-invite.ts';
import { leaveTeam } from './commands/members-leave.ts';
import { listMembers } from './commands/members-list.ts';
import { removeMember } from './commands/members-remove.ts';
import { changeRole } from './commands/members-role.ts';
import { transferOwnership } from './commands/members-transfer.ts';
import { listing, ORG } from './shared-options.ts';

const MEMBER = ['<member>', 'id, e-mail address or user name'] as const;

/** `members` and `invitations`: who belongs to an organization. */
export const addTeamCommands = (program: Command, context: () => CommandContext): void => {
  const members = program.command('members').description('who belongs to an organization');
  listing(members.command('list').description('the team, oldest first')).action((options) =>
    listMembers(context(), options),
  );
  listing(members.command('history').description('who did what to the team, newest first')).action(
    (options) => showHistory(context(), options),
  );
  members
    .command('invite')
    .argument('<email>')
    .description('mail somebody a code to join with')
    .addOption(new Option('--role <role>', 'what they may do').choices(GIVABLE_ROLES).makeOptionMandatory())
    .option(...ORG)
    .action((email, options) => inviteMember(context(), email, options));
  members
    .command('role')
    .argument(...MEMBER)
    .addArgument(new Argument('<role>').choices(GIVABLE_ROLES))
    .description('give a member another role')
    .option(...ORG)
    .action((member, role: GivableRole, options) => changeRole(context(), member, role, options));
  members
    .command('remove')
    .argument(...MEMBER)
    .description('take a member out of the team')
    .option(...ORG)
    .action((member, options) => removeMember(context(), member, options));
  members
    .command('transfer')
    .argument(...MEMBER)
    .description('make a member the owner; you become a manager')
    .option(...ORG)
    .action((member, options) => transferOwnership(context(), member, options));
  members
    .command('leave')
    .description('leave a team')
    .option(...ORG)
    .action((options) => leaveTeam(context(), options));

  const invitations = program.command('invitations').description('who is to belong to an organization');
  listing(invitations.command('list').description('open and expired ones')).action((options) =>
    listInvitations(context(), options),
  );
  invitations
    .command('resend')
    .argument('<invitation>', 'its id')
    .description('mail it once more')
    .option(...ORG)
    .action((invitation, options) => resendInvitation(context(), invitation, options));
  invitations
    .command('withdraw')
    .argument('<invitation>', 'its id')
    .description('make its letters worthless')
    .option(...ORG)
    .action((invitation, options) => withdrawInvitation(context(), invitation, options));
  invitations
    .command('accept')
    .argument('<code>', 'from the letter')
    .description('join the team that invited you')
    .action((code) => acceptInvitation(context(), code));
  invitations
    .command('decline')
    .argument('<code>', 'from the letter')
    .description('say no; who invited you is told')
    .action((code) => declineInvitation(context(), code));
};
