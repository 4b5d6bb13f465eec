import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import type { TestStack } from './test-stack.ts';

/** Which every account is sent, whatever it does. */
const WELCOME = 'Confirm your e-mail address';

/** The e-mails to an address but for the code that confirms it, once there are so many of them. */
export const untilMailed = ({ sandbox }: TestStack, to: string, count: number) =>
  waitUntil(
    async () => {
      const emails = (await sandbox.emails(to)).filter(({ subject }) => subject !== WELCOME);
      return emails.length >= count ? emails : null;
    },
    { what: `${count} e-mails to ${to}`, timeoutMs: 60_000 },
  );

const CODE = /^ {4}(\S+)$/m;

/** The code in the letter that every new account is sent. */
export const untilWelcomed = ({ sandbox }: TestStack, to: string): Promise<string> =>
  waitUntil(
    async () => {
      const letter = (await sandbox.emails(to)).find(({ subject }) => subject === WELCOME);
      return letter === undefined ? null : (CODE.exec(letter.text)?.[1] ?? null);
    },
    { what: `the code for ${to}`, timeoutMs: 60_000 },
  );
