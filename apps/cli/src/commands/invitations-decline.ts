import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';

/** Says no, by the code alone: nobody has to log in for that. */
export const declineInvitation = async (
  { io, anonymous, print }: CommandContext,
  code: string,
): Promise<void> => {
  const declined = await anonymous().api.invitations.decline.mutate({ token: code });
  print(declined, () => `${green(io, '✓')} Declined. Who invited you is told.\n`);
};
