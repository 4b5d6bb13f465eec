import type { CommandContext } from '../command-context.ts';
import { renderTable } from '../render-table.ts';
import { UsageError } from '../usage-error.ts';

/** Where the caller is logged in. */
export const listSessions = async (context: CommandContext): Promise<void> => {
  const sessions = await (await context.loggedIn()).api.profile.sessions.list.query();
  context.print(sessions, () => {
    const rows = sessions.map(({ sessionId, userAgent, network, lastUsedAt, current }) => [
      sessionId,
      userAgent ?? '(unknown program)',
      network ?? '',
      lastUsedAt,
      current ? 'this one' : '',
    ]);
    return renderTable(context.io, ['id', 'program', 'from', 'last used', ''], rows);
  });
};

/** Logs one device out, or all others. */
export const revokeSessions = async (
  context: CommandContext,
  sessionId: string | undefined,
  { others }: { readonly others?: true },
): Promise<void> => {
  if ((sessionId === undefined) === (others === undefined))
    throw new UsageError('Name a session (eventhorizon sessions list), or say --others.');
  const { sessions } = (await context.loggedIn()).api.profile;
  if (sessionId === undefined) {
    const ended = await sessions.revokeOthers.mutate();
    context.done(ended, `${ended.ended} logged out.`);
    return;
  }
  await sessions.revoke.mutate({ sessionId });
  context.done({ sessionId }, `${sessionId} is logged out.`);
};
