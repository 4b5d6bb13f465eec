import type { CommandContext } from '../command-context.ts';
import { readPassword } from '../read-password.ts';
import { renderTable } from '../render-table.ts';

/** Who is logged in. */
export const showProfile = async (context: CommandContext): Promise<void> => {
  const account = await (await context.loggedIn()).api.profile.get.query();
  const { id, username, name, email, emailVerified, pendingEmail } = account;
  context.print(account, () =>
    renderTable(
      context.io,
      ['what', 'value'],
      [
        ['id', id],
        ['user name', username],
        ['name', name ?? ''],
        ['e-mail', `${email} (${emailVerified ? 'confirmed' : 'not confirmed: eventhorizon verify <code>'})`],
        ...(pendingEmail === null ? [] : [['new e-mail', `${pendingEmail} (waits for its code)`]]),
      ],
    ),
  );
};

/** Wants another address: a code goes there, and until it is presented nothing changes. */
export const changeEmail = async (
  context: CommandContext,
  email: string,
  { passwordStdin }: { readonly passwordStdin?: true },
): Promise<void> => {
  const client = await context.loggedIn();
  const password = await readPassword(context.io, passwordStdin === true);
  const account = await client.api.profile.changeEmail.mutate({ email, password });
  const { pendingEmail } = account;
  context.done(
    account,
    pendingEmail === null
      ? `Your address stays ${account.email}.`
      : `A code is on its way to ${pendingEmail}. Confirm it with: eventhorizon verify <code>`,
  );
};
