import { entry, waitingTime } from './refusal.ts';

/** Accounts, sessions, admins. */
export const identityRefusals = {
  'auth.required': entry('unauthenticated', () => 'Log in first.'),
  'visitor.required': entry('unauthenticated', () => 'Log in, or ask for a visitor token first.'),
  'auth.bad_credentials': entry('unauthenticated', () => 'The user name or the password is wrong.'),
  'auth.token_expired': entry('unauthenticated', () => 'The access token has expired. Refresh it.'),
  'auth.session_ended': entry('unauthenticated', () => 'This session has ended. Log in again.'),
  'account.email_taken': entry(
    'conflict',
    () => 'There is already an account with this e-mail address. Log in instead.',
  ),
  'account.username_taken': entry('conflict', () => 'This user name is taken. Choose another.'),
  'account.bad_mail_token': entry(
    'gone',
    () => 'This code is wrong, was used before, or has expired. Ask for a new letter.',
  ),
  'account.wrong_password': entry('forbidden', () => 'The old password is wrong.'),
  'account.suspended': entry('forbidden', () => 'This account is suspended. Write to support.'),
  'auth.too_many_attempts': entry<{ retryAfterMs: number }>(
    'limited',
    ({ retryAfterMs }) =>
      `Too many attempts. Wait ${waitingTime(retryAfterMs)} and try again; a forgotten password can be replaced by mail.`,
  ),
  'account.too_often': entry<{ retryAfterMs: number }>(
    'limited',
    ({ retryAfterMs }) =>
      `This was done too often in 24 hours. Wait ${waitingTime(retryAfterMs)} and try again.`,
  ),
  'admin.required': entry('forbidden', () => 'Only admins of the platform may do this. Ask one of them.'),
  'admin.last': entry('conflict', () => 'This is the last admin. Appoint another one first.'),
  'admin.exists': entry('gone', () => 'The platform has an admin already. Ask to be appointed.'),
  'admin.wrong_code': entry(
    'forbidden',
    () => 'The code is wrong, or this installation has none. Look at FIRST_ADMIN_CODE of the API.',
  ),
  'admin.address_unverified': entry(
    'conflict',
    () => 'The e-mail address of this account is not verified, so it cannot be an admin. Verify it first.',
  ),
  'admin.is_admin': entry(
    'conflict',
    () => 'This account is an admin and cannot be suspended. Take that from it first.',
  ),
  'admin.account_suspended': entry('conflict', () => 'This account is suspended. Reinstate it first.'),
  'capability.missing': entry<{ capability: string; role: string }>(
    'forbidden',
    ({ capability, role }) =>
      `The role ${role} may not do this (${capability}). Ask an owner of the organization.`,
  ),
} as const;
