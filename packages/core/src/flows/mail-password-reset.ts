import type { UserStore } from '../identity/ports.ts';
import type { JobPayload } from '../jobs.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { done, type JobResult } from './job-result.ts';

export type MailPasswordResetDeps = NotifyDeps & {
  readonly users: Pick<UserStore, 'findByEmailKey'>;
  readonly unitOfWork: UnitOfWork;
};

/** The second half of requestPasswordReset: nothing happens when nobody has the address. */
export const mailPasswordReset = async (
  deps: MailPasswordResetDeps,
  { emailKey, occasion }: JobPayload<'account.mail_password_reset'>,
): Promise<JobResult> => {
  const user = await deps.users.findByEmailKey(emailKey);
  if (user !== null)
    await deps.unitOfWork.run((tx) =>
      notify(deps, tx, { kind: 'reset_password', userId: user.id, occasion }),
    );
  return done;
};
