import { auditSale, type Check } from '@eventhorizon/actors/audit-sale';
import { inParallel } from '@eventhorizon/actors/in-parallel';
import { openSale, type Sale } from '@eventhorizon/actors/open-sale';
import { untilQuiet } from '@eventhorizon/actors/until-quiet';
import { say, step } from '@eventhorizon/devstack/say';
import { buyPlaces } from './buy-places.ts';
import { callOff } from './call-off.ts';
import { drainWaitlist, joinWaitlist } from './drain-waitlist.ts';
import { giveTicketsUp } from './give-tickets-up.ts';
import { payLate } from './pay-late.ts';
import type { Scene, SceneEnd } from './scene.ts';

const MATINEE = 'The matinee';
const MATINEE_BUYERS = 25;

/** A small event besides the big one, which some people buy. */
const openMatinee = async ({ stack, buyers }: Scene): Promise<Sale> => {
  const event = { title: MATINEE };
  const sale = await openSale(stack.apiUrl, { seatMap: null, standing: 60, prices: { floor: 2500 }, event });
  await inParallel(buyers.slice(1, MATINEE_BUYERS + 1), 8, async (buyer) => {
    await buyPlaces(stack, buyer, sale, 2);
  });
  return sale;
};

const audited = async (scene: Scene, of: string, { eventId }: Sale): Promise<Check[]> => {
  const { checks } = await auditSale(scene.stack.servers, eventId);
  return checks.map(({ promise, findings }) => ({ promise: `${of}: ${promise}`, findings }));
};

/** What may happen to tickets after they are sold: people cannot come, others have waited, money comes late, an event is called off. */
export const playSecondAct = async (
  scene: Scene,
  rush: Sale,
): Promise<{ readonly lines: readonly string[]; readonly checks: readonly Check[] }> => {
  say('\nSecond act: changes of plan');
  const matinee = await step('another event, which 25 people buy', () => openMatinee(scene));
  const waiting = await step('who got nothing joins the waitlist', () => joinWaitlist(scene, rush));
  const ends: SceneEnd[] = [
    await step('buyers of the rush give tickets up', () => giveTicketsUp(scene, rush)),
    await step('those who wait take what comes back', () => drainWaitlist(scene, rush, waiting)),
    await step('money comes late', () => payLate(scene, matinee)),
    await callOff(scene, matinee, MATINEE),
  ];
  await step('letting the worker finish', () => untilQuiet(scene.stack.servers.mongoUri));
  return {
    lines: ends.map(({ line }) => line),
    checks: [
      ...ends.map(({ promise, findings }) => ({ promise, findings })),
      ...(await audited(scene, 'the rush', rush)),
      ...(await audited(scene, 'the matinee', matinee)),
    ],
  };
};
