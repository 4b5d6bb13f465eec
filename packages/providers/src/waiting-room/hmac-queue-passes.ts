import { createHmac, timingSafeEqual } from 'node:crypto';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { QueuePass, QueuePasses } from '@eventhorizon/core/waiting-room/ports';
import { z } from 'zod';

/** Made once: making a schema costs more than all the rest of reading a pass. */
const passSchema = z.tuple([
  idSchema('evt'),
  z.union([idSchema('usr'), idSchema('vis')]),
  z
    .string()
    .regex(/^(0|[1-9]\d{0,14})$/)
    .transform(Number),
]);

/**
 * A pass is `<event id>.<person>.<number>.<HMAC-SHA256 over these, base64url>`. jose takes 72 µs a token where this takes 3, and every
 * hold of a rush and every look shows one. The word in front keeps its signatures apart from others made with the same secret.
 */
export const hmacQueuePasses = (secret: string): QueuePasses => {
  const signatureOf = (content: string): Buffer =>
    createHmac('sha256', secret).update(`pass:${content}`).digest();
  return {
    issue: ({ eventId, person, number }: QueuePass) => {
      const content = `${eventId}.${person}.${number}`;
      return `${content}.${signatureOf(content).toString('base64url')}`;
    },
    read: (token) => {
      const at = token.lastIndexOf('.');
      const content = token.slice(0, Math.max(0, at));
      const presented = Buffer.from(token.slice(at + 1), 'base64url');
      const expected = signatureOf(content);
      if (presented.length !== expected.length || !timingSafeEqual(presented, expected)) return null;
      const { data } = passSchema.safeParse(content.split('.'));
      if (data === undefined) return null;
      const [eventId, person, number] = data;
      return { eventId, person, number };
    },
  };
};
