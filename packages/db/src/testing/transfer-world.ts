import { createHash } from 'node:crypto';
import type { Event } from '@eventhorizon/core/events/event';
import { acceptTransfer } from '@eventhorizon/core/flows/accept-transfer';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { startTransfer } from '@eventhorizon/core/flows/start-transfer';
import type { MailTokenSource, UserStore } from '@eventhorizon/core/identity/ports';
import type { User } from '@eventhorizon/core/identity/user';
import type { TicketId, TransferId, UserId } from '@eventhorizon/core/shared/ids';
import { inMemoryAttempts } from '@eventhorizon/core/testing/in-memory-attempts';
import type { Ticket } from '@eventhorizon/core/tickets/ticket';
import { acceptTransferSchema, startTransferSchema } from '@eventhorizon/core/transfers/transfer-input';
import { mongoUsers } from '../mongo/users.ts';
import type { LuaSources } from '../redis/lua-sources.ts';
import { newId } from './new-id.ts';
import { type SaleWorld, saleWorld } from './sale-world.ts';

export type TransferDeps = SaleDeps & {
  readonly users: UserStore;
  readonly attempts: ReturnType<typeof inMemoryAttempts>;
  readonly mailTokenSource: MailTokenSource;
};

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** A letter's code, without the letter. */
const mint = () => {
  const token = newId('out');
  return { token, hash: hashOf(token) };
};

/** A sale with people who pass their tickets on. */
export const transferWorld = async (
  change: Partial<Event> = {},
  shape: { readonly seats?: number; readonly places?: number } = { seats: 4, places: 0 },
  sources?: LuaSources,
) => {
  const world = await saleWorld(change, shape, sources);
  return { ...world, ...passingOn(world) };
};

export type TransferWorld = SaleWorld & Awaited<ReturnType<typeof transferWorld>>;

/** What people do who pass tickets of this sale on. */
export const passingOn = (world: SaleWorld) => {
  const deps: TransferDeps = {
    ...world.deps,
    users: mongoUsers(world.mongo.db),
    attempts: inMemoryAttempts(world.clock),
    mailTokenSource: { mint, hashOf },
  };

  /** An account whose address is `<name>@example.org`, confirmed unless said. */
  const person = async (name: string, { verified = true } = {}): Promise<User> => {
    const email = `${name}@example.org`;
    const at = world.clock.now();
    const user: User = {
      id: newId('usr'),
      username: name,
      usernameKey: name,
      email,
      emailKey: email,
      emailVerifiedAt: verified ? at : null,
      passwordHash: 'none',
      passwordChangedAt: null,
      pendingEmail: null,
      isAdmin: false,
      suspension: null,
      profile: { name, phone: null, locale: 'en', birthYear: null, city: null, gender: null },
      createdAt: at,
      updatedAt: at,
    };
    await deps.users.insert(user);
    return user;
  };

  const start = (ticketId: TicketId, userId: UserId, email: string, other: object = {}) =>
    startTransfer(deps, { ...startTransferSchema.parse({ ticketId, email, ...other }), userId });

  /** The code that a letter of this transfer brought. */
  const tokenOf = async (transferId: TransferId): Promise<string> => {
    const { token, hash } = mint();
    if (!(await deps.transfers.addToken(transferId, hash))) throw new Error('this transfer takes no letter');
    return token;
  };

  const accept = (token: string, userId: UserId, using: TransferDeps = deps, other: object = {}) =>
    acceptTransfer(using, { ...acceptTransferSchema.parse({ token, ...other }), userId });

  /** From hand to hand, all the way. */
  const pass = async (ticket: Ticket, to: User): Promise<Ticket> => {
    if (ticket.holderId === null) throw new Error('nobody holds it');
    const { id } = await start(ticket.id, ticket.holderId, to.email);
    return accept(await tokenOf(id), to.id);
  };

  return { deps, person, start, tokenOf, accept, pass };
};
