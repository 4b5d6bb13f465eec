export type SandboxAttachment = {
  readonly filename: string;
  readonly type: string;
  readonly disposition: 'attachment' | 'inline';
  readonly contentId: string | null;
  readonly content: Buffer;
};

/** An e-mail that SendGrid accepted. */
export type SandboxEmail = {
  /** The `x-message-id` of the answer. */
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly SandboxAttachment[];
  readonly customArgs: Readonly<Record<string, string>>;
};
