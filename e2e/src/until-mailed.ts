import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import type { TestStack } from './test-stack.ts';

/** The e-mails to an address, once there are so many of them. */
export const untilMailed = ({ sandbox }: TestStack, to: string, count: number) =>
  waitUntil(
    async () => {
      const emails = await sandbox.emails(to);
      return emails.length >= count ? emails : null;
    },
    { what: `${count} e-mails to ${to}`, timeoutMs: 60_000 },
  );
