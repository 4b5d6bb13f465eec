import { expect, test } from 'vitest';
import { register, registerSchema } from '../flows/register.ts';
import { identityWorld, registerAda } from '../testing/identity-world.ts';
import { findAccount } from './find-account.ts';
import { usernameSchema } from './identity-schemas.ts';

/** Ada, and Mallory who is called by Ada's id in capitals, as an account from before the rule may be. */
const mistakable = async () => {
  const world = identityWorld();
  const { account } = await registerAda(world);
  const mallory = registerSchema.parse({
    username: 'mallory',
    email: 'mallory@example.org',
    password: 'correct horse battery',
  });
  await register(world, { ...mallory, username: account.id.toUpperCase() });
  return { world, ada: account.id };
};

test.each(['usr_01h455vb4pex5vsknk084sn02q', 'USR_01H455VB4PEX5VSKNK084SN02Q', 'Usr_ada', 'ｕｓｒ_ada'])(
  '%s is no user name, because an account may have it as its id',
  (username) => {
    expect(usernameSchema.safeParse(username).error?.issues[0]?.message).toContain('usr_');
  },
);

test('names that only resemble an id are user names', () => {
  for (const username of ['usr', 'usr.ada', 'ada_usr_1'])
    expect(usernameSchema.parse(username)).toBe(username);
});

test('what has the form of an id finds the account of that id, never one that is called so', async () => {
  const { world, ada } = await mistakable();
  for (const text of [ada, ada.toUpperCase(), ` ${ada} `])
    expect((await findAccount(world.users, text)).id).toBe(ada);
  const unknown = 'usr_7zzzzzzzzzzzzzzzzzzzzzzzzz';
  await expect(findAccount(world.users, unknown)).rejects.toMatchObject({ code: 'thing.not_found' });
});

test('twin: a look-up by name hits somebody else', async () => {
  const { world, ada } = await mistakable();
  const byName = { ...world.users, find: (text: string) => world.users.findByUsernameKey(text) };
  expect((await findAccount(byName, ada.toUpperCase())).id).not.toBe(ada);
});
