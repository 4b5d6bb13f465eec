import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink, type TRPCClient } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { AppRouter } from './app-router.ts';
import { authorizedFetch, type FetchLike } from './authorized-fetch.ts';
import { domainErrorOf } from './domain-error.ts';
import { type FollowLive, followLive } from './follow-live.ts';
import { singleFlight } from './single-flight.ts';
import { tokenKeeper } from './token-keeper.ts';
import type { Tokens } from './tokens.ts';
import { type TurnToHold, type WaitOptions, waitForTurn } from './wait-for-turn.ts';

export type ClientOptions = {
  /** Where the API is: `https://tickets.example`. */
  readonly url: string;
  /** From an earlier log-in. */
  readonly tokens?: Tokens | null | undefined;
  /** Proof of being a visitor, from an earlier `visitors.create`. */
  readonly visitorToken?: string | null | undefined;
  readonly fetch?: FetchLike | undefined;
  /** Told of each new pair, so that it can be stored; null: the session is over. */
  readonly onTokens?: ((tokens: Tokens | null) => void | Promise<void>) | undefined;
};

export type Client = {
  /** Every procedure of the API. A call is one request of its own: a hold does not wait for its neighbours. */
  readonly api: TRPCClient<AppRouter>;
  readonly tokens: () => Tokens | null;
  /** Logs in; later calls are this account's. */
  readonly logIn: (credentials: { login: string; password: string }) => Promise<LoggedIn>;
  /** Opens an account and logs in. */
  readonly register: (command: RegisterInput) => Promise<LoggedIn>;
  /** A new password by the old one. All sessions end, and this client goes on with a new one. */
  readonly changePassword: (command: ChangePasswordInput) => Promise<LoggedIn>;
  /** Ends the session at the server and forgets the tokens, also when the server cannot be reached or knows it no more. */
  readonly logOut: () => Promise<void>;
  /** Makes this client a visitor, unless it is one. Returns the token, to be kept for `visitorToken`. */
  readonly becomeVisitor: () => Promise<string>;
  /**
   * Goes through the waiting room of an event and resolves when it is this client's turn; its holds then carry the pass by themselves.
   * At once where there is no room. Who is neither logged in nor a visitor becomes one.
   */
  readonly waitForTurn: (eventId: string, options?: WaitOptions) => Promise<TurnToHold>;
  /** Keeps an event's availability up to date, through lost connections; returns how to stop. See docs/live-seats.md. */
  readonly live: (follow: FollowLive) => () => void;
  readonly fetch: FetchLike;
};

type Auth = TRPCClient<AppRouter>['auth'];
export type LoggedIn = Awaited<ReturnType<Auth['logIn']['mutate']>>;
export type RegisterInput = Parameters<Auth['register']['mutate']>[0];

export type ChangePasswordInput = Parameters<Auth['changePassword']['mutate']>[0];

/** The pass of the event that a call is about, if it has one. */
const passHeader = (passes: ReadonlyMap<string, string>, input: unknown): Record<string, string> => {
  if (typeof input !== 'object' || input === null || !('eventId' in input)) return {};
  const pass = typeof input.eventId === 'string' ? passes.get(input.eventId) : undefined;
  return pass === undefined ? {} : { 'x-pass': pass };
};

const tokensOf = ({ accessToken, refreshToken }: Tokens): Tokens => ({ accessToken, refreshToken });

/** A typed client of the API, for Node 20 and browsers. Keeps itself logged in: see tokenKeeper. */
export const createClient = ({
  url,
  tokens = null,
  visitorToken = null,
  fetch = globalThis.fetch.bind(globalThis),
  onTokens,
}: ClientOptions): Client => {
  const endpoint = `${url.replace(/\/+$/, '')}/trpc`;
  const passes = new Map<string, string>();
  // Types of fetch differ between Node, browsers and tRPC's own; what is used of them is the same.
  const over = (send: FetchLike) =>
    createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: ({ type }) => type === 'subscription',
          // Live availability is for everybody, so no token goes along. Node 20 has no EventSource, and a browser's hides why it failed.
          true: httpSubscriptionLink({
            url: endpoint,
            EventSource,
            eventSourceOptions: { fetch: (input, init) => fetch(input, init as RequestInit) },
          }),
          false: httpLink({
            url: endpoint,
            headers: ({ op }) => passHeader(passes, op.input),
            fetch: (input, init) => send(input, init as RequestInit),
          }),
        }),
      ],
    });

  const anonymous = over(fetch);
  const keeper = tokenKeeper({
    tokens,
    refresh: async (refreshToken) => tokensOf(await anonymous.auth.refresh.mutate({ refreshToken })),
    isOver: (error) => domainErrorOf(error)?.kind === 'unauthenticated',
    onTokens,
  });
  let visitor = visitorToken;
  const authorized = authorizedFetch(fetch, keeper, () => visitor);
  const api = over(authorized);
  const newVisitor = singleFlight(async () => {
    visitor = (await anonymous.visitors.create.mutate()).visitorToken;
    return visitor;
  });
  const keep = async (loggedIn: LoggedIn): Promise<LoggedIn> => {
    await keeper.set(tokensOf(loggedIn));
    return loggedIn;
  };
  const becomeVisitor = async (): Promise<string> => visitor ?? newVisitor();
  return {
    api,
    waitForTurn: async (eventId, options = {}) => {
      if (keeper.current() === null) await becomeVisitor();
      return waitForTurn({ room: api.waitingRoom, passes }, eventId, options);
    },
    fetch: authorized,
    live: (follow) => followLive(anonymous, follow),
    tokens: keeper.current,
    logIn: async (credentials) => keep(await anonymous.auth.logIn.mutate(credentials)),
    register: async (command) => keep(await anonymous.auth.register.mutate(command)),
    changePassword: async (command) => keep(await api.auth.changePassword.mutate(command)),
    logOut: async () => {
      try {
        if (keeper.current() !== null) await api.auth.logOut.mutate();
      } catch (error) {
        if (domainErrorOf(error)?.kind !== 'unauthenticated') throw error;
      } finally {
        await keeper.set(null);
      }
    },
    becomeVisitor,
  };
};
