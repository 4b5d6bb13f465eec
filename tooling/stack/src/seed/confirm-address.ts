import type { createClient } from '@eventhorizon/client/create-client';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';

/** Confirms the caller's address with the code that the sandbox's inbox brings: without that nobody invites. */
export const confirmAddress = async (
  { auth }: ReturnType<typeof createClient>['api'],
  sandboxUrl: string,
  address: string,
): Promise<void> => {
  await auth.requestVerification.mutate();
  const inbox = `${sandboxUrl}/_control/emails?to=${encodeURIComponent(address)}`;
  const token = await waitUntil(
    async () => {
      const mails = (await (await fetch(inbox)).json()) as readonly { readonly text: string }[];
      return (
        mails.map(({ text }) => /^ {4}(\S+)$/m.exec(text)?.[1]).find((code) => code !== undefined) ?? null
      );
    },
    { what: `the letter to ${address} arrives`, timeoutMs: 30_000 },
  );
  await auth.verifyEmail.mutate({ token });
};
