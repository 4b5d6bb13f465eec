import type { User } from '../identity/user.ts';
import { WEB_ADDRESS } from './transfer-input.ts';

/** What a stranger is told of who sends a ticket: the name or the user name, unless it is made to be taken for a link. */
export const shownName = ({ profile, username }: Pick<User, 'profile' | 'username'>): string =>
  [profile.name, username].find((name) => name !== null && !WEB_ADDRESS.test(name)) ?? 'Somebody';
