import { z } from 'zod';

/** What is done to webhooks on their way. All off by default. */
export const webhookRulesSchema = z.strictObject({
  /** The endpoint; null: none is registered. */
  url: z.url().nullable().optional(),
  delayMs: z.int().min(0).optional(),
  /** How many copies of each event are sent, each with its own delivery and the same event id. */
  copies: z.int().min(1).max(20).optional(),
  /** The next n events never arrive and are not retried: lost for good (`resend` still sends them). */
  dropNext: z.int().min(0).optional(),
  dropRate: z.number().min(0).max(1).optional(),
  /** Events are gathered for so long and then sent newest first. 0: sent as they come. */
  reorderWindowMs: z.int().min(0).optional(),
  /** The rules above concern only these types; null: all. */
  types: z.array(z.string()).nullable().optional(),
});

export type WebhookRulesChange = z.infer<typeof webhookRulesSchema>;
export type WebhookRules = {
  readonly [K in keyof WebhookRulesChange]-?: Exclude<WebhookRulesChange[K], undefined>;
};

export const NO_RULES: Omit<WebhookRules, 'url'> = {
  delayMs: 0,
  copies: 1,
  dropNext: 0,
  dropRate: 0,
  reorderWindowMs: 0,
  types: null,
};
