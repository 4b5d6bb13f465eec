import { randomBytes, randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { inParallel } from '@eventhorizon/actors/in-parallel';
import { untilQuiet } from '@eventhorizon/actors/until-quiet';
import { dataDir as dataRoot } from '@eventhorizon/devstack/paths';
import { say, step } from '@eventhorizon/devstack/say';
import { freePorts } from '@eventhorizon/stack/apps/ports';
import { type Stack, startStack } from '@eventhorizon/stack/start-stack';
import { auditRush } from './audit-rush.ts';
import { type BuyerEnd, type PreparedBuyer, prepareBuyer, type Rush, rushOf } from './buyer.ts';
import { planBuyer } from './buyer-plan.ts';
import { planSeatUnitIds } from './plan-seats.ts';
import { planFile, prepareSale, STANDING_PLACES } from './prepare-sale.ts';
import { createProgress } from './progress.ts';
import { seededRandom } from './random.ts';
import { outcomesTable, stepsTable, verdict } from './report.ts';
import { createStopwatch } from './stopwatch.ts';

const BUYERS = 1_000;
/** Registering costs a password hash of a core each: as many at once as there are cores to hash. */
const REGISTER_WIDTH = 8;

const prepareBuyers = async (stack: Stack, random: () => number): Promise<PreparedBuyer[]> => {
  const progress = createProgress(process.stderr);
  const password = randomBytes(12).toString('base64url');
  const buyers: PreparedBuyer[] = [];
  const plans = Array.from({ length: BUYERS }, (_, n) => planBuyer(n, random));
  await inParallel(plans, REGISTER_WIDTH, async (plan) => {
    buyers.push(await prepareBuyer(stack.apiUrl, plan, password));
    progress.show(`▸ opening ${BUYERS} accounts, each from an address of its own: ${buyers.length}`);
  });
  progress.end(`✓ ${BUYERS} accounts are open, each from an address of its own`);
  return buyers;
};

const runRush = async (buyers: readonly PreparedBuyer[], rush: Rush): Promise<BuyerEnd[]> => {
  const progress = createProgress(process.stderr);
  const ends: BuyerEnd[] = [];
  const startedAt = performance.now();
  const show = (): string => {
    const bought = ends.flatMap((end) => (end.end === 'bought' ? [end.tickets] : []));
    const tickets = bought.reduce((sum, n) => sum + n, 0);
    const refused = ends.filter(({ end }) => end === 'refused').length;
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    return `rush: ${ends.length} of ${BUYERS} buyers are done, ${tickets} tickets sold, ${refused} refused (${seconds} s)`;
  };
  await Promise.all(
    buyers.map(async (buyer) => {
      ends.push(await rushOf(buyer, rush));
      progress.show(`▸ ${show()}`);
    }),
  );
  progress.end(`✓ ${show()}`);
  return ends;
};

/** The on-sale rush, on servers of its own, with an audit at the end. Resolves to the exit code: 1 when the audit finds anything. */
export const main = async (args: readonly string[]): Promise<number> => {
  const seed = args[0] === undefined ? randomInt(2 ** 31) : Number(args[0]);
  const random = seededRandom(seed);
  // Of the last run only, and kept after it: what a failed run logged is there to be read.
  const dataDir = `${dataRoot}/demo`;
  rmSync(dataDir, { recursive: true, force: true });
  await using stack = await startStack({ dataDir, ports: await freePorts() });
  const sale = await step('importing a seat map, publishing an event', () => prepareSale(stack.apiUrl));
  say(`  ${sale.seats} seats and ${STANDING_PLACES} standing places; watch the inbox at ${stack.sandboxUrl}`);
  const buyers = await prepareBuyers(stack, random);
  const stopwatch = createStopwatch();
  const rush: Rush = {
    apiUrl: stack.apiUrl,
    sandboxUrl: stack.sandboxUrl,
    publishableKey: stack.secrets.STRIPE_PUBLISHABLE_KEY,
    sale,
    seatUnitIds: planSeatUnitIds(planFile),
    stopwatch,
    random,
  };
  const ends = await runRush(buyers, rush);
  await step('letting the worker finish', () => untilQuiet(stack.servers.mongoUri));
  const checks = await step('auditing', () => auditRush(stack, sale, ends));
  await Promise.all(buyers.map((buyer) => buyer.close()));
  const { text, exitCode } = verdict(checks, seed);
  say(`\n${outcomesTable(ends)}\n\n${stepsTable(stopwatch.summary())}\n\n${text}`);
  return exitCode;
};
