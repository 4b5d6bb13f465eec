import { t } from '../../trpc/trpc.ts';
import { changePassword } from './change-password.ts';
import { logIn } from './log-in.ts';
import { logOut } from './log-out.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';
import { requestPasswordReset } from './request-password-reset.ts';
import { requestVerification } from './request-verification.ts';
import { resetPassword } from './reset-password.ts';
import { verifyEmail } from './verify-email.ts';

export const authRouter = t.router({
  register,
  logIn,
  refresh,
  logOut,
  requestVerification,
  verifyEmail,
  requestPasswordReset,
  resetPassword,
  changePassword,
});
