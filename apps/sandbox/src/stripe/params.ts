import { z } from 'zod';
import type { Form } from '../shared/form-body.ts';
import { invalidRequest, type StripeApiError } from './api-error.ts';

const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, 'integer')
  .transform(Number);
const yesNo = z.enum(['true', 'false']).transform((value) => value === 'true');
/** docs.stripe.com/api/metadata: 50 keys, names up to 40, values up to 500 characters. */
const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((record) => Object.keys(record).length <= 50, 'at most 50 keys');
const expand = z.array(z.enum(['latest_charge', 'payment_intent', 'charge', 'data.charge'])).optional();

export const createIntentParams = z.strictObject({
  amount: integer,
  currency: z.string().min(1),
  automatic_payment_methods: z
    .strictObject({ enabled: yesNo, allow_redirects: z.enum(['always', 'never']).optional() })
    .optional(),
  payment_method_types: z.array(z.string()).min(1).optional(),
  description: z.string().max(1_000).optional(),
  receipt_email: z.string().optional(),
  metadata: metadata.default({}),
  payment_method: z.string().optional(),
  confirm: yesNo.optional(),
  return_url: z.string().optional(),
  expand,
});

export const retrieveParams = z.strictObject({
  client_secret: z.string().optional(),
  expand,
  key: z.string().optional(),
});

export const confirmIntentParams = z.strictObject({
  payment_method: z.string().optional(),
  return_url: z.string().optional(),
  client_secret: z.string().optional(),
  /** Stripe.js sends the publishable key in the body. */
  key: z.string().optional(),
  expand,
});

export const cancelIntentParams = z.strictObject({
  cancellation_reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']).optional(),
  expand,
});

export const createRefundParams = z.strictObject({
  payment_intent: z.string().min(1),
  amount: integer.refine((n) => n >= 1, 'integer').optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.default({}),
  expand,
});

export const listRefundsParams = z.strictObject({
  payment_intent: z.string().optional(),
  limit: integer.refine((n) => n >= 1 && n <= 100, 'integer').default(10),
  starting_after: z.string().optional(),
  expand,
});

const nameOf = (path: readonly PropertyKey[]): string =>
  path.map((step, index) => (index === 0 ? String(step) : `[${String(step)}]`)).join('');

const refusal = (issue: z.core.$ZodIssue): StripeApiError => {
  const param = nameOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = nameOf([...issue.path, issue.keys[0] ?? '']);
    return invalidRequest(`Received unknown parameter: ${unknown}`, {
      code: 'parameter_unknown',
      param: unknown,
    });
  }
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  if (issue.message === 'integer')
    return invalidRequest(`Invalid integer: ${param}`, { code: 'parameter_invalid_integer', param });
  return invalidRequest(`Invalid ${param}: ${issue.message}`, { param });
};

/** Reads an operation's parameters, or throws the error 400 that Stripe would answer. */
export const readParams = <P>(schema: z.ZodType<P>, form: Form): P => {
  const read = schema.safeParse(form, { reportInput: true });
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw first === undefined ? invalidRequest('Invalid request.') : refusal(first);
};
