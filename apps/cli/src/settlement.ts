import { UsageError } from './usage-error.ts';

export const PAY_CHOICES = ['cash', 'card-terminal', 'bank-transfer'] as const;
export type PayChoice = (typeof PAY_CHOICES)[number];

export type SettlementOptions = { readonly pay?: PayChoice; readonly free?: string };

const METHODS = {
  cash: 'cash',
  'card-terminal': 'card_terminal',
  'bank-transfer': 'bank_transfer',
} as const satisfies Record<PayChoice, string>;

export type Settlement =
  | { readonly kind: 'paid'; readonly method: (typeof METHODS)[PayChoice] }
  | { readonly kind: 'complimentary'; readonly reason: string };

/** `--pay` or `--free`: exactly one of them says how a sale is settled. */
export const settlementOf = ({ pay, free }: SettlementOptions): Settlement => {
  if (pay !== undefined && free === undefined) return { kind: 'paid', method: METHODS[pay] };
  if (pay === undefined && free !== undefined) return { kind: 'complimentary', reason: free };
  throw new UsageError(
    `Say how it was paid with --pay ${PAY_CHOICES.join('|')}, or why it is free with --free <reason>.`,
  );
};
