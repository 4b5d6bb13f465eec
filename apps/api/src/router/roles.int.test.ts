import { type ActingRole, isAllowed, ROLES } from '@eventhorizon/core/organizations/capabilities';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { idSchema, type OrganizationId, type UserId } from '@eventhorizon/core/shared/ids';
import { newId } from '@eventhorizon/db/testing/new-id';
import { type AnyRouter, TRPCError } from '@trpc/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type ProcedureFacts, routerFacts } from '../testing/router-facts.ts';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { bearer, PASSWORD, signUp, testClient } from '../testing/test-client.ts';
import { attendeeProcedure } from '../trpc/procedures.ts';
import { t } from '../trpc/trpc.ts';
import { appRouter } from './app-router.ts';

const WHO = ['platform_admin', ...ROLES, 'outsider', 'nobody'] as const;
type Who = (typeof WHO)[number];
/** How far a call came: refused before its work, or `in` (its work may still have refused the rest of the input). */
type Verdict = 'in' | 'capability.missing' | 'not_found' | 'auth.required';
type Table = Record<string, Record<Who, Verdict>>;
type Ask = (procedure: ProcedureFacts, who: Who) => Promise<Verdict>;

let api: TestApi;
let organizationId: OrganizationId;
const people = {} as Record<Exclude<Who, 'nobody'>, { userId: UserId; accessToken: string }>;

beforeAll(async () => {
  api = await testApi();
  for (const who of WHO.filter((one) => one !== 'nobody')) people[who] = await signUp(api.url, who);
  const users = api.database.db.collection<{ _id: string }>('users');
  await users.updateOne({ _id: people.platform_admin.userId }, { $set: { isAdmin: true } });
  people.platform_admin = {
    ...people.platform_admin,
    ...(await testClient(api.url).auth.logIn.mutate({ login: 'platform_admin', password: PASSWORD })),
  };
  const owner = testClient(api.url, bearer(people.owner.accessToken));
  const { organization } = await owner.organizations.create.mutate({ name: 'Aurora Stages' });
  organizationId = organization.id;
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

/** Leaving is among the calls, so everybody is (again) what they are called before each. */
const enrol = async (who: Who): Promise<void> => {
  const role = ROLES.find((one) => one === who);
  if (role === undefined) return;
  const { memberships, unitOfWork, clock } = api.deps;
  const { userId } = people[role];
  if ((await memberships.find(organizationId, userId)) === null)
    await unitOfWork.run((tx) =>
      memberships.insert(tx, { id: newId('mbr'), organizationId, userId, role, createdAt: clock.now() }),
    );
};

const verdictOf = (refusal: { code: string; details: unknown } | null): Verdict => {
  if (refusal?.code === 'auth.required' || refusal?.code === 'capability.missing') return refusal.code;
  return refusal?.code === 'thing.not_found' &&
    (refusal.details as { thing: string }).thing === 'organization'
    ? 'not_found'
    : 'in';
};

/** Asks over HTTP with nothing but the organization's id. */
const overHttp: Ask = async ({ path, type }, who) => {
  const input = JSON.stringify({ organizationId });
  const address = `${api.url}/trpc/${path}`;
  const headers = {
    'content-type': 'application/json',
    ...(who === 'nobody' ? {} : bearer(people[who].accessToken)),
  };
  const answer = await (type === 'query'
    ? fetch(`${address}?input=${encodeURIComponent(input)}`, { headers })
    : fetch(address, { method: 'POST', headers, body: input }));
  const body = z
    .object({ error: z.object({ data: z.object({ domain: z.any() }) }).optional() })
    .parse(await answer.json());
  return verdictOf(body.error?.data.domain ?? null);
};

/** Everybody at every procedure that names an organization. */
const sweep = async (router: AnyRouter, ask: Ask): Promise<Table> => {
  const table: Table = {};
  for (const procedure of routerFacts(router).filter(({ meta }) => meta.capability !== undefined)) {
    const row = {} as Record<Who, Verdict>;
    for (const who of WHO) {
      await enrol(who);
      row[who] = await ask(procedure, who);
    }
    table[procedure.path] = row;
  }
  return table;
};

/** What the one table says of every procedure. */
const expected = (router: AnyRouter): Table =>
  Object.fromEntries(
    routerFacts(router).flatMap(({ path, meta: { capability } }) => {
      if (capability === undefined) return [];
      const inOrOut = (role: ActingRole): Verdict =>
        capability === null || isAllowed(role, capability) ? 'in' : 'capability.missing';
      const roles = Object.fromEntries((['platform_admin', ...ROLES] as const).map((r) => [r, inOrOut(r)]));
      return [[path, { ...roles, outsider: 'not_found', nobody: 'auth.required' } as Record<Who, Verdict>]];
    }),
  );

it('at every procedure every role is let in or refused as the table says, and nobody else is let in', async () => {
  const found = await sweep(appRouter, overHttp);
  expect(Object.keys(found).length).toBeGreaterThan(30);
  expect(found).toEqual(expected(appRouter));
}, 120_000);

it('a scanner scans, may leave, and does nothing else', async () => {
  const letIn = Object.entries(expected(appRouter)).flatMap(([path, row]) =>
    row.scanner === 'in' ? [path] : [],
  );
  const may = routerFacts(appRouter).filter(({ meta }) => meta.capability === 'tickets.scan');
  expect(letIn.sort()).toEqual(['members.leave', ...may.map(({ path }) => path)].sort());
});

it('twin: a procedure that says what it asks for and does not look is seen by that sweep', async () => {
  const leaky = t.router({
    leak: attendeeProcedure
      .meta({ capability: 'events.write' })
      .input(z.object({ organizationId: idSchema('org') }))
      .query(() => 'shown'),
  });
  const direct: Ask = async (_procedure, who) => {
    const caller =
      who === 'nobody'
        ? ({ kind: 'anonymous' } as const)
        : ({ kind: 'account', ...people[who], sessionId: newId('ses'), isAdmin: false } as const);
    const call = t.createCallerFactory(leaky)({
      deps: api.deps,
      requestId: 'twin',
      log: () => api.deps.logger,
      caller,
      userAgent: null,
      network: () => null,
      visitorId: null,
      passToken: null,
      rememberVisitor: () => undefined,
    });
    try {
      await call.leak({ organizationId });
      return 'in';
    } catch (error) {
      return verdictOf(error instanceof TRPCError && isDomainError(error.cause) ? error.cause : null);
    }
  };
  const found = await sweep(leaky, direct);
  expect(found).not.toEqual(expected(leaky));
  expect(found.leak).toMatchObject({ scanner: 'in', outsider: 'in', nobody: 'auth.required' });
});

it('a procedure that asks for an account or a visitor says so to whoever is neither', async () => {
  const asks = { account: 'auth.required', visitor: 'visitor.required' } as const;
  // A subscription answers by a stream, and none asks for anything.
  const [streams, calls] = [true, false].map((is) =>
    routerFacts(appRouter).filter(({ type }) => (type === 'subscription') === is),
  );
  expect(streams?.filter(({ meta }) => meta.asks !== 'nothing')).toEqual([]);
  for (const { path, type, meta } of calls ?? []) {
    const address = `${api.url}/trpc/${path}`;
    const answer = await (type === 'query'
      ? fetch(`${address}?input=%7B%7D`)
      : fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }));
    const code = JSON.parse(await answer.text())?.error?.data?.domain?.code;
    if (meta.asks === 'nothing') expect(Object.values(asks), path).not.toContain(code);
    else expect([path, code]).toEqual([path, asks[meta.asks ?? 'account']]);
  }
});
