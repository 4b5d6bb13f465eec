import { codeIn } from '@eventhorizon/core/testing/account-world';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deliverMail } from '../testing/deliver-mail.ts';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { refusalOf, signUp, testClient } from '../testing/test-client.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

/** An account that has confirmed its address by a mailed code. */
const confirmed = async (username: string) => {
  const person = await signUp(api.url, username);
  await person.api.auth.requestVerification.mutate();
  await person.api.auth.verifyEmail.mutate({ token: codeIn((await deliverMail(api)).at(-1)) });
  return person;
};

it('brings people into a team by mailed codes, and lets them go, over HTTP and MongoDB', async () => {
  const olga = (await confirmed('olga')).api;
  const { organization } = await olga.organizations.create.mutate({ name: 'Aurora Stages' });
  const organizationId = organization.id;
  const invitation = { organizationId, email: 'Sam@Example.org', role: 'manager' } as const;
  const { id: invitationId } = await olga.invitations.create.mutate(invitation);
  expect(await refusalOf(olga.invitations.create.mutate(invitation))).toMatchObject({
    code: 'invitation.open_already',
    kind: 'conflict',
  });
  expect(await refusalOf(olga.invitations.resend.mutate({ organizationId, invitationId }))).toMatchObject({
    code: 'invitation.letter_too_soon',
    kind: 'limited',
  });
  const [letter] = await deliverMail(api);
  const token = codeIn(letter);
  expect(await testClient(api.url).invitations.preview.query({ token })).toMatchObject({
    organizationName: 'Aurora Stages',
    role: 'manager',
    invited: 'S…@Example.org',
  });
  const mallory = (await confirmed('mallory')).api;
  expect(await refusalOf(mallory.invitations.accept.mutate({ token }))).toMatchObject({
    code: 'invitation.other_address',
    kind: 'forbidden',
  });
  const sam = (await confirmed('sam')).api;
  const { id: membershipId } = await sam.invitations.accept.mutate({ token });
  const { items } = await sam.members.list.query({ organizationId });
  expect(items.map(({ role, account }) => [role, account?.username])).toEqual([
    ['owner', 'olga'],
    ['manager', 'sam'],
  ]);

  await olga.members.changeRole.mutate({ organizationId, membershipId, role: 'analyst' });
  expect(await refusalOf(sam.members.list.query({ organizationId }))).toMatchObject({
    code: 'capability.missing',
  });
  await sam.events.list.query({ organizationId });
  await olga.members.remove.mutate({ organizationId, membershipId });
  expect(await refusalOf(sam.events.list.query({ organizationId }))).toMatchObject({
    code: 'thing.not_found',
    details: { thing: 'organization' },
  });

  const stored = JSON.stringify(await api.database.db.collection('invitations').find().toArray());
  expect(stored).not.toContain(token);
  expect(api.logs()).not.toContain(token);
});

it('shows a profile to the public by its slug, and changes only what is given', async () => {
  const { api: owner } = await signUp(api.url, 'otto');
  const { organization } = await owner.organizations.create.mutate({ name: 'Otto’s Hall' });
  const organizationId = organization.id;
  const changes = { slug: 'ottos-hall', contactEmail: 'box@example.org', description: ' Since 1902. ' };
  await owner.organizations.update.mutate({ organizationId, changes });
  await owner.organizations.update.mutate({ organizationId, changes: { name: 'Otto’s New Hall' } });
  expect(await testClient(api.url).organizations.getPublic.query({ slug: 'ottos-hall' })).toEqual({
    id: organizationId,
    name: 'Otto’s New Hall',
    slug: 'ottos-hall',
    contactEmail: 'box@example.org',
    description: 'Since 1902.',
  });
  const { api: other } = await signUp(api.url, 'ines');
  const hers = (await other.organizations.create.mutate({ name: 'Ines' })).organization.id;
  expect(
    await refusalOf(
      other.organizations.update.mutate({ organizationId: hers, changes: { slug: 'ottos-hall' } }),
    ),
  ).toMatchObject({ code: 'organization.slug_taken' });
  for (const slug of ['Ottos-Hall', 'a', '-hall', 'two--dashes', 'х-hall'])
    expect(
      await refusalOf(owner.organizations.update.mutate({ organizationId, changes: { slug } })),
    ).toMatchObject({ code: 'input.invalid' });
});
