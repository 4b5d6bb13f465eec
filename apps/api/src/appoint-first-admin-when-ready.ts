import {
  type AppointFirstAdminDeps,
  appointFirstAdmin,
} from '@eventhorizon/core/identity/admins/appoint-first-admin';
import { identityKey } from '@eventhorizon/core/identity/user';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import type { Logger } from 'pino';

const EVERY_MS = 5_000;

/**
 * Makes the account of FIRST_ADMIN_EMAIL the first admin, once it is there and has proved to read its mail: tries every 5 s until
 * there is an admin. Returns how to stop it.
 */
export const appointFirstAdminWhenReady = (
  deps: AppointFirstAdminDeps,
  email: string | undefined,
  logger: Pick<Logger, 'info' | 'warn'>,
): (() => void) => {
  if (email === undefined) return () => undefined;
  const emailKey = identityKey(email);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let waitsFor: string | null = null;
  const turn = async (): Promise<void> => {
    try {
      await appointFirstAdmin(deps, emailKey);
      logger.info('the account of FIRST_ADMIN_EMAIL is the first admin');
      return;
    } catch (err) {
      if (stopped || isDomainError(err, 'admin.exists')) return;
      const reason = isDomainError(err) ? err.code : 'failure';
      if (reason !== waitsFor) logger.warn({ err }, 'FIRST_ADMIN_EMAIL cannot be made the first admin yet');
      waitsFor = reason;
    }
    timer = setTimeout(turn, EVERY_MS).unref();
  };
  void turn();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
};
