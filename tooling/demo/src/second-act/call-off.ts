import type { Sale } from '@eventhorizon/actors/open-sale';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { createProgress } from '../progress.ts';
import { inWords, type Scene, type SceneEnd } from './scene.ts';

/** The organizer cancels an event that people have bought, and watches until everybody is reached and all money is back. */
export const callOff = async (_scene: Scene, sale: Sale, title: string): Promise<SceneEnd> => {
  const { organizer, organizationId, eventId } = sale;
  const reason = 'The singer has lost her voice.';
  await organizer.api.events.cancel.mutate({ organizationId, eventId, title, reason });
  const progress = createProgress(process.stderr);
  const { counts, money } = await waitUntil(
    async () => {
      const change = await organizer.api.events.progress.query({ organizationId, eventId });
      const { found, notified } = change.counts;
      progress.show(
        `▸ cancelling: ${found} bookings reached, ${notified} buyers told; looked through twice more`,
      );
      const back = change.money.every(({ total, sent }) => total.amount === sent.amount);
      return change.finishedAt !== null && back ? change : null;
    },
    { what: 'the cancelled event is wound up', timeoutMs: 300_000, everyMs: 1_000 },
  );
  const sent = money.reduce((sum, each) => sum + each.sent.amount, 0);
  progress.end(`✓ the event is cancelled: ${counts.ended} bookings ended, ${inWords(sent)} sent back`);
  return {
    line: `the matinee was cancelled: ${counts.ended} bookings, ${inWords(sent)} back, ${counts.notified} buyers told`,
    promise: 'a cancelled event ends every booking, and tells everybody',
    findings: counts.failed === 0 && counts.ended === counts.notified ? [] : [JSON.stringify(counts)],
  };
};
