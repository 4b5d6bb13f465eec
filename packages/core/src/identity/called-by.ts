import type { User } from './user.ts';

/** How people are called where they are told something: by the name of their profile, else by their user name. */
export const calledBy = ({ profile, username }: Pick<User, 'profile' | 'username'>): string =>
  profile.name ?? username;
