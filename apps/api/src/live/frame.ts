import type { LiveMessage } from '@eventhorizon/core/inventory/live/live-message';

/** A message ready to be sent: `bytes` are what every listener gets, shared and never copied. */
export type LiveFrame = { readonly id: string; readonly message: LiveMessage; readonly bytes: Uint8Array };

/** tRPC's client stops at this event (@trpc/server sse.ts); others do not listen to it and stop at the message. */
const RETURN = 'event: return\ndata: \n\n';

/**
 * An SSE message that plain listeners and tRPC's client read alike. Every one has an id, because EventSource gives a message without
 * one the last id it saw.
 */
export const frameOf = (id: string, message: LiveMessage): LiveFrame => ({
  id,
  message,
  bytes: Buffer.from(
    `id: ${id}\ndata: ${JSON.stringify(message)}\n\n${message.kind === 'ended' ? RETURN : ''}`,
  ),
});

/** Longer without a sign of life, and tRPC's client connects anew: three beats. */
export const SILENCE_MS = 45_000;
export const BEAT_MS = 15_000;

/** The beginning of every stream: when to come back, and what tRPC's client wants to hear first. */
export const preludeOf = (retryMs: number): Uint8Array =>
  Buffer.from(
    `retry: ${retryMs}\n\nevent: connected\ndata: ${JSON.stringify({ reconnectAfterInactivityMs: SILENCE_MS })}\n\n`,
  );

/** A comment for proxies, and an event for clients that watch for silence: EventSource does not show comments. */
export const BEAT: Uint8Array = Buffer.from(': beat\nevent: ping\ndata: \n\n');
