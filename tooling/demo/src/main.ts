import { randomBytes, randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
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
import { crashTheDoors, createDoors } from './doors.ts';
import { planSeatUnitIds } from './plan-seats.ts';
import { planFile, prepareSale, STANDING_PLACES, TURNS_PER_MINUTE } from './prepare-sale.ts';
import { createProgress } from './progress.ts';
import { seededRandom } from './random.ts';
import { outcomesTable, stepsTable, verdict, waitsLine } from './report.ts';
import { playSecondAct } from './second-act/second-act.ts';
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

const runRush = async (
  buyers: readonly PreparedBuyer[],
  before: Omit<Rush, 'doors' | 'signal'>,
): Promise<BuyerEnd[]> => {
  const progress = createProgress(process.stderr);
  const doors = createDoors(before.sale, buyers.length, (inside) =>
    progress.show(`▸ the waiting room fills: ${inside} of ${BUYERS} buyers are in it`),
  );
  const fault = new AbortController();
  // Everybody listens to it.
  setMaxListeners(0, fault.signal);
  const rush: Rush = { ...before, doors, signal: fault.signal };
  const ends: BuyerEnd[] = [];
  let startedAt = performance.now();
  const opening = doors.opened.then(() => {
    startedAt = performance.now();
    progress.end(`✓ ${BUYERS} buyers are in the waiting room; its doors open`);
  });
  const show = (): string => {
    const bought = ends.flatMap((end) => (end.end === 'bought' ? [end.tickets] : []));
    const tickets = bought.reduce((sum, n) => sum + n, 0);
    const refused = ends.filter(({ end }) => end === 'refused').length;
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    return `rush: ${ends.length} of ${BUYERS} buyers are done, ${tickets} tickets sold, ${refused} refused (${seconds} s)`;
  };
  const rushing = buyers.map(async (buyer) => {
    ends.push(await rushOf(buyer, rush));
    progress.show(`▸ ${show()}`);
  });
  try {
    await Promise.all([opening, ...rushing]);
  } catch (error) {
    fault.abort(error);
    throw error;
  }
  progress.end(`✓ ${show()}`);
  return ends;
};

/** The on-sale rush and the changes of plan after it, on servers of its own, with an audit of both at the end. Resolves to the exit code: 1 when the audit finds anything. */
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
  const rush: Omit<Rush, 'doors' | 'signal'> = {
    apiUrl: stack.apiUrl,
    sandboxUrl: stack.sandboxUrl,
    publishableKey: stack.secrets.STRIPE_PUBLISHABLE_KEY,
    sale,
    seatUnitIds: planSeatUnitIds(planFile),
    stopwatch,
    random,
  };
  const [first] = buyers;
  if (first === undefined) throw new Error('there are no buyers');
  const crashed = await crashTheDoors(first.client, sale);
  const ends = await runRush(buyers, rush);
  await step('letting the worker finish', () => untilQuiet(stack.servers.mongoUri));
  const audited = await step('auditing', () => auditRush(stack, sale, ends));
  const checks = [
    {
      promise: 'nobody holds who has not waited for his turn',
      findings: crashed === 'room.pass_required' ? [] : [`who came without a pass: ${crashed}`],
    },
    ...audited,
  ];
  const secondAct = await playSecondAct({ stack, buyers }, sale);
  await Promise.all(buyers.map((buyer) => buyer.close()));
  const { text, exitCode } = verdict([...checks, ...secondAct.checks], seed);
  const steps = stopwatch.summary();
  const waits = waitsLine(steps, TURNS_PER_MINUTE);
  say(
    `\n${outcomesTable(ends)}\n\n${waits}\n\n${stepsTable(steps)}\n\n${secondAct.lines.map((line) => `• ${line}`).join('\n')}\n\n${text}`,
  );
  return exitCode;
};
