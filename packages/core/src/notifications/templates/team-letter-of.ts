import type { GivableRole } from '../../organizations/capabilities.ts';
import { unreachable } from '../../shared/state-machine.ts';
import { type AccountLetter, greetingOf, type LetterContent, paragraph } from './letter.ts';
import { oneLine } from './one-line.ts';
import { utcMoment } from './when.ts';

/** What happened in the team. `other`, `invitedBy`: how those people are called. */
export type TeamMatter =
  | {
      readonly kind: 'invitation';
      readonly role: GivableRole;
      readonly invitedBy: string;
      readonly token: string;
      readonly expiresAt: Date;
    }
  | { readonly kind: 'role_changed'; readonly role: GivableRole }
  | { readonly kind: 'member_removed' }
  | { readonly kind: 'ownership_received' | 'ownership_given'; readonly other: string };

export type TeamLetterInput = {
  readonly organizationName: string;
  /** null: who is invited is an address so far, and no name. */
  readonly name: string | null;
  readonly matter: TeamMatter;
};

/** The letter for a notice about a team. Pure. Subject and summary never show the code: lock screens show them. */
export const teamLetterOf = ({ organizationName, name, matter }: TeamLetterInput): AccountLetter => {
  const team = oneLine(organizationName);
  return {
    ...contentOf(matter, team),
    greeting: greetingOf(name),
    title: team,
    event: null,
    reference: null,
    footer: `Sent by EventHorizon about the team of ${team}.`,
  };
};

/** What a role may do, in words. The table is `capabilitiesOf`. */
const MAY: Readonly<Record<GivableRole, string>> = {
  manager: 'A manager runs events, sales, refunds and the team.',
  seller: 'A seller sells tickets at the box office.',
  scanner: 'A scanner checks tickets in at the doors.',
  analyst: 'An analyst reads events and figures.',
};

const contentOf = (matter: TeamMatter, team: string): LetterContent => {
  switch (matter.kind) {
    case 'invitation':
      return {
        subject: `${oneLine(matter.invitedBy)} invites you to the team of ${team}`,
        summary: `Accept the invitation to ${team} with the code in this letter.`,
        heading: `Will you join as ${matter.role}?`,
        blocks: [
          paragraph(`${oneLine(matter.invitedBy)} invites you to the team of ${team}. ${MAY[matter.role]}`),
          paragraph(
            'Log in with an account of this address, or open one and confirm the address. Then accept with this code:',
          ),
          { kind: 'code', code: matter.token },
          paragraph(`The code works once, until ${utcMoment(matter.expiresAt)}.`),
          paragraph(
            'If you do not know who is asking, you need not do anything. Give the code to nobody; we never ask for it.',
          ),
        ],
      };
    case 'role_changed':
      return {
        subject: `Your role in the team of ${team} has changed`,
        summary: `You are ${matter.role} of ${team} now.`,
        heading: `You are ${matter.role} now`,
        blocks: [paragraph(`Your role in the team of ${team} has changed. ${MAY[matter.role]}`)],
      };
    case 'member_removed':
      return {
        subject: `You are no longer in the team of ${team}`,
        summary: `Your account has no access to ${team} any more.`,
        heading: 'You are no longer in the team',
        blocks: [
          paragraph(
            `Your account has no access to ${team} any more. What you bought as an attendee stays yours. If this surprises you, ask the owner of ${team}.`,
          ),
        ],
      };
    case 'ownership_received':
      return {
        subject: `You are the owner of ${team} now`,
        summary: `${oneLine(matter.other)} was the owner of ${team}; now it is you.`,
        heading: 'You are the owner now',
        blocks: [
          paragraph(
            `The ownership of ${team} has passed from ${oneLine(matter.other)} to you. You decide about the organization and everybody in its team.`,
          ),
          paragraph('If you do not want it, transfer it to another member.'),
        ],
      };
    case 'ownership_given':
      return {
        subject: `${oneLine(matter.other)} is the owner of ${team} now`,
        summary: `You gave up the ownership of ${team} and are a manager now.`,
        heading: 'You are a manager now',
        blocks: [
          paragraph(
            `The ownership of ${team} has passed from you to ${oneLine(matter.other)}. You stay in the team as a manager.`,
          ),
          paragraph(
            'If that was not you, somebody else was in your account: choose a new password at once, and write to support.',
          ),
        ],
      };
    default:
      return unreachable(matter);
  }
};
