import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

/** Tells the adapter that there is nothing left to send; a new one each time, because middleware writes headers to it. */
const nothingToSend = (): Response => new Response(null, { headers: RESPONSE_ALREADY_SENT.headers });

/** Breaks the caller's connection: they see ECONNRESET. */
export const resetConnection = ({ incoming }: HttpBindings): Response => {
  incoming.socket.destroy();
  return nothingToSend();
};

/** Never answers: ends only when the caller gives up, or the sandbox stops. */
export const neverAnswer = async ({ incoming }: HttpBindings): Promise<Response> => {
  if (!incoming.socket.destroyed)
    await new Promise<void>((resolve) => incoming.socket.once('close', () => resolve()));
  return nothingToSend();
};
