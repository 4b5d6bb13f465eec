import type { SandboxKeys } from '../options.ts';
import type { Form } from '../shared/form-body.ts';
import { StripeApiError } from './api-error.ts';
import type { Caller } from './operations.ts';

const unauthorized = (message: string): StripeApiError =>
  new StripeApiError(401, { type: 'invalid_request_error', message });

/** The API key of a request: `Bearer`, `Basic` (as curl -u sends it), or the field `key` that Stripe.js sends. */
const keyOf = (authorization: string | undefined, form: Form): string | null => {
  const [scheme = '', credentials = ''] = (authorization ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() === 'basic')
    return Buffer.from(credentials, 'base64').toString().split(':')[0] ?? null;
  return typeof form.key === 'string' ? form.key : null;
};

/** Throws 401 when the key is not one of the sandbox's, or is publishable where the secret one is needed. */
export const callerOf = (
  keys: SandboxKeys,
  authorization: string | undefined,
  form: Form,
  publishable: boolean,
): Caller => {
  const key = keyOf(authorization, form);
  if (key === null || key === '')
    throw unauthorized(
      'You did not provide an API key. Provide it in the Authorization header, using Bearer auth.',
    );
  if (key === keys.stripeSecretKey) return 'secret';
  if (key !== keys.stripePublishableKey)
    throw unauthorized(`Invalid API Key provided: ${key.slice(0, 8)}****${key.slice(-4)}`);
  if (!publishable)
    throw new StripeApiError(401, {
      type: 'invalid_request_error',
      code: 'secret_key_required',
      message: 'This API call cannot be made with a publishable API key. Please use a secret API key.',
    });
  return 'publishable';
};
