/** An e-mail ready to be sent. `id` is ours: it goes along as custom argument, so that deliveries can be matched. */
export type Email = {
  readonly id: string;
  readonly to: { readonly email: string; readonly name: string | null };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Uint8Array;
    /** Set for pictures that the HTML shows by `cid:`. */
    readonly contentId?: string;
  }[];
};

export type Sms = { readonly id: string; readonly to: string; readonly text: string };

/** `failed`: will never be accepted (a bad address). `retry`: may be tried again after a while. */
export type SendResult =
  | { readonly outcome: 'sent'; readonly providerId: string }
  | { readonly outcome: 'failed'; readonly reason: string }
  | { readonly outcome: 'retry'; readonly reason: string; readonly retryAfterMs: number | null };

export type EmailSender = { readonly send: (email: Email) => Promise<SendResult> };
export type SmsSender = { readonly send: (sms: Sms) => Promise<SendResult> };
