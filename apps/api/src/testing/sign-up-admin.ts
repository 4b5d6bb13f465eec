import type { TestApi } from './test-api.ts';
import { bearer, PASSWORD, signUp, testClient } from './test-client.ts';

/** An account that has proved to read its mail. */
export const signUpVerified = async (api: TestApi, username: string) => {
  const person = await signUp(api.url, username);
  await api.deps.users.markEmailVerified(person.userId, `${username}@example.org`, new Date());
  return person;
};

/** An admin, put into the database as no use case would. Its tokens say so. */
export const signUpAdmin = async (api: TestApi, username: string) => {
  const { userId } = await signUpVerified(api, username);
  await api.database.db
    .collection<{ _id: string }>('users')
    .updateOne({ _id: userId }, { $set: { isAdmin: true } });
  const { accessToken } = await testClient(api.url).auth.logIn.mutate({
    login: username,
    password: PASSWORD,
  });
  return { userId, accessToken, api: testClient(api.url, bearer(accessToken)) };
};
