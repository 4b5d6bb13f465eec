import type { CommandContext } from '../command-context.ts';

/** Says no, by the code alone: nobody has to log in for that. */
export const declineInvitation = async ({ anonymous, done }: CommandContext, code: string): Promise<void> => {
  const declined = await anonymous().api.invitations.decline.mutate({ token: code });
  done(declined, 'Declined. Who invited you is told.');
};
