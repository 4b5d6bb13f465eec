import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';

export type Received = { readonly body: string; readonly signature: string; readonly event: Stripe.Event };

export type WebhookReceiver = AsyncDisposable & {
  readonly url: string;
  readonly received: readonly Received[];
  /** The next answers' statuses, in order; 200 after them. `0`: the connection is broken. */
  readonly answerNext: (...statuses: number[]) => void;
};

/** An endpoint for webhooks that records what comes. */
export const webhookReceiver = async (): Promise<WebhookReceiver> => {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    received.push({ body, signature: String(request.headers['stripe-signature']), event: JSON.parse(body) });
    const status = answers.shift() ?? 200;
    if (status === 0) request.socket.destroy();
    else response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks/stripe`,
    received,
    answerNext: (...statuses) => {
      answers.push(...statuses);
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
