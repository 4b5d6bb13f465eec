import { t } from '../../trpc/trpc.ts';
import { logIn } from './log-in.ts';
import { logOut } from './log-out.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';
import { requestVerification } from './request-verification.ts';
import { verifyEmail } from './verify-email.ts';

export const authRouter = t.router({ register, logIn, refresh, logOut, requestVerification, verifyEmail });
