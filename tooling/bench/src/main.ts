import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { dataDir } from '@eventhorizon/devstack/paths';
import { say, step } from '@eventhorizon/devstack/say';
import { jsonOf, type Section, tableOf } from './report.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { startWorld } from './world.ts';

const chosen = (only: readonly string[]): readonly Scenario[] => {
  for (const name of only)
    if (!SCENARIOS.some((scenario) => scenario.name === name))
      throw new Error(`no scenario is called ${name}: ${SCENARIOS.map((one) => one.name).join(', ')}`);
  return only.length === 0 ? SCENARIOS : SCENARIOS.filter(({ name }) => only.includes(name));
};

/**
 * Measures the hot paths against ceilings taken in the same run, and prints a table for each scenario; docs/performance.md tells how to read
 * them. `--only <name>` (also several times) runs some; `--json <file>` says where the figures go.
 */
export const main = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string', multiple: true, default: [] }, json: { type: 'string' } },
  });
  const scenarios = chosen(values.only);
  const takenAt = new Date();
  const sections: Section[] = [];
  await using world = await startWorld();
  for (const { name, title, run } of scenarios) {
    const section = { name, title, rows: await step(title, () => run(world)) };
    sections.push(section);
    process.stdout.write(`${tableOf(section)}\n`);
  }
  const file = values.json ?? `${dataDir}/bench.json`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, jsonOf(sections, takenAt));
  say(`the figures are in ${file}`);
  return 0;
};
