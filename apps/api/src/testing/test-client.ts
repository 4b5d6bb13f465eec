import type { LiveMessage } from '@eventhorizon/core/inventory/live/live-message';
import {
  createTRPCClient,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
} from '@trpc/client';
import { EventSource } from 'eventsource';
import type { AppRouter } from '../router/app-router.ts';
import type { DomainErrorShape } from '../trpc/error-shape.ts';

export type TestClient = TRPCClient<AppRouter>;

/** tRPC's own client with fixed headers. What stays logged in by itself is packages/client. `onCall` hears of each call. */
export const testClient = (
  url: string,
  headers: Record<string, string> = {},
  onCall: (call: { readonly path: string; readonly input: unknown }) => void = () => undefined,
): TestClient =>
  createTRPCClient<AppRouter>({
    links: [
      () =>
        ({ op, next }) => {
          onCall(op);
          return next(op);
        },
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url: `${url}/trpc`, EventSource }),
        false: httpLink({ url: `${url}/trpc`, headers }),
      }),
    ],
  });

/** The first message of an event's live stream; rejects with what it ends with before. */
export const firstLive = (api: TestClient, eventId: string) =>
  new Promise<LiveMessage>((resolve, reject) => {
    const { unsubscribe } = api.availability.live.subscribe(
      { eventId },
      {
        onData: ({ data }) => {
          unsubscribe();
          resolve(data);
        },
        onError: reject,
      },
    );
  });

export const bearer = (accessToken: string): Record<string, string> => ({
  authorization: `Bearer ${accessToken}`,
});

export const PASSWORD = 'a long enough password';

/** A new account with a client of its own. */
export const signUp = async (url: string, username: string) => {
  const { accessToken, refreshToken, account } = await testClient(url).auth.register.mutate({
    username,
    email: `${username}@example.org`,
    password: PASSWORD,
  });
  return { api: testClient(url, bearer(accessToken)), accessToken, refreshToken, userId: account.id };
};

/** The refusal that a call ends with; throws when it ends otherwise. */
export const refusalOf = async (call: Promise<unknown>): Promise<DomainErrorShape> => {
  const error = await call.then(
    () => new Error('the call was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCClientError)) throw error;
  const data = error.data as TRPCClientError<AppRouter>['data'];
  if (data?.domain === null || data?.domain === undefined) throw error;
  return data.domain;
};
