import type { Clock } from '../../shared/clock.ts';
import { DomainError } from '../../shared/errors.ts';
import type { UserId } from '../../shared/ids.ts';
import type { Tx, UnitOfWork } from '../../shared/unit-of-work.ts';
import type { User } from '../user.ts';
import type { AdminActKind, NamedAccount } from './admin-act.ts';
import type { AccountAdministration, AdminActStore } from './ports.ts';

export type PerformActDeps = {
  readonly administration: AccountAdministration;
  readonly adminActs: AdminActStore;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
};

export type PerformAct = {
  readonly kind: AdminActKind;
  /** null: whoever runs the installation. */
  readonly by: UserId | null;
  readonly userId: UserId;
  readonly reason: string | null;
};

const named = ({ id, username }: User): NamedAccount => ({ userId: id, username });

/**
 * Changes an account and records who did it when and why, in one transaction that no other act interleaves with. `change` gets the
 * account as it is then; false: nothing was to be done, and nothing is recorded. Throws `admin.required` when `by` is no admin any
 * more, `thing.not_found`, and what `change` throws.
 */
export const performAct = (
  { administration, adminActs, unitOfWork, clock }: PerformActDeps,
  { kind, by, userId, reason }: PerformAct,
  change: (tx: Tx, user: User, at: Date) => Promise<boolean>,
): Promise<void> =>
  unitOfWork.run(async (tx) => {
    const actor = by === null ? null : await administration.find(tx, by);
    if (by !== null && actor?.isAdmin !== true) throw new DomainError('admin.required', {});
    const user = await administration.find(tx, userId);
    if (user === null) throw new DomainError('thing.not_found', { thing: 'account' });
    const at = clock.now();
    if (await change(tx, user, at))
      await adminActs.record(tx, {
        kind,
        by: actor === null ? null : named(actor),
        account: named(user),
        reason,
        at,
      });
  });
