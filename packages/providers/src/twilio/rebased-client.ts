import twilio from 'twilio';
import type SdkClient from 'twilio/lib/base/RequestClient.js';
import { retryAfterMs } from '../shared/retry-after.ts';

/** A 429 with its Retry-After: the SDK's own error drops the headers. `retryAfterMs` null: Twilio named no pause. */
export class TwilioLimited extends Error {
  override readonly name = 'TwilioLimited';
  readonly retryAfterMs: number | null;

  constructor(pauseMs: number | null) {
    super('Twilio answered 429');
    this.retryAfterMs = pauseMs;
  }
}

/** The SDK's HTTP client, speaking to another origin: the SDK has options for Twilio's regions, but none for a base URL. */
export class RebasedClient extends twilio.RequestClient {
  readonly #base: string;

  constructor(apiBase: string, timeoutMs: number) {
    super({ timeout: timeoutMs, autoRetry: false });
    this.#base = apiBase;
  }

  override async request<T>(options: SdkClient.RequestOptions<T>) {
    const { pathname, search } = new URL(options.uri);
    const answer = await super.request({ ...options, uri: new URL(`${pathname}${search}`, this.#base).href });
    if (answer.statusCode === 429) throw new TwilioLimited(retryAfterMs(answer.headers?.['retry-after']));
    return answer;
  }
}
