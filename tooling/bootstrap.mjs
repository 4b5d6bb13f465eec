#!/usr/bin/env node
// The door of every command on a bare machine: Node's built-ins only, until the dependencies are there.
// Checks Node, gets the pinned pnpm, installs by the frozen lockfile when it changed, then hands over to TypeScript.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** Command -> the module that does it. Its exported `main` gets the remaining arguments. */
const commands = {
  start: 'tooling/stack/src/commands/start.ts',
  dev: 'tooling/stack/src/commands/dev.ts',
  'db:migrate': 'tooling/stack/src/commands/migrate.ts',
  demo: 'tooling/demo/src/main.ts',
  bench: 'tooling/bench/src/main.ts',
  test: 'tooling/devstack/src/commands/test.ts',
  'test:full': 'tooling/devstack/src/commands/test-full.ts',
  'servers:stop': 'tooling/devstack/src/commands/stop-servers.ts',
};

const say = (text) => process.stderr.write(`${text}\n`);
const fail = (text) => {
  say(`\n✗ ${text}`);
  process.exit(1);
};

const checkNode = () => {
  const needed = /(\d+)\.(\d+)/.exec(manifest.engines.node);
  const have = process.versions.node.split('.').map(Number);
  const [major, minor] = [Number(needed[1]), Number(needed[2])];
  if (have[0] > major || (have[0] === major && have[1] >= minor)) return;
  fail(
    `Node ${major}.${minor} or newer is needed; this is ${process.version}. Get it from https://nodejs.org or with nvm.`,
  );
};

/** Runs a program in sight. Ends this process when it fails. */
const runVisibly = (what, command, args) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) fail(`${what}: ${error.message}`);
  if (status !== 0) fail(`${what} failed (exit code ${status}); the reason stands above.`);
};

/** The folder of the pnpm that `packageManager` pins; fetched once into .tools, and put on PATH for turbo. */
const ensurePnpm = () => {
  const version = manifest.packageManager.split('@')[1].split('+')[0];
  const folder = `${root}.tools/pnpm-${version}`;
  if (!existsSync(`${folder}/node_modules/pnpm/bin/pnpm.cjs`)) {
    say(`▸ fetching pnpm ${version} from the npm registry (once) …`);
    mkdirSync(folder, { recursive: true });
    const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    runVisibly('npm install pnpm', 'npm', ['install', '--prefix', folder, ...flags, `pnpm@${version}`]);
  }
  process.env.PATH = `${folder}/node_modules/.bin${delimiter}${process.env.PATH ?? ''}`;
  return `${folder}/node_modules/pnpm/bin/pnpm.cjs`;
};

/** Installs when the lockfile is not the one that node_modules was made from. */
const ensureDependencies = (pnpm) => {
  const stamp = `${root}node_modules/.installed-from`;
  const hash = createHash('sha256')
    .update(readFileSync(`${root}pnpm-lock.yaml`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  say('▸ installing dependencies by the lockfile …');
  const reporter = process.stderr.isTTY ? 'default' : 'append-only';
  runVisibly('pnpm install', process.execPath, [
    pnpm,
    'install',
    '--frozen-lockfile',
    `--reporter=${reporter}`,
  ]);
  writeFileSync(stamp, hash);
};

const [name = '', ...args] = process.argv.slice(2);
checkNode();
if (!Object.hasOwn(commands, name))
  fail(`usage: node tooling/bootstrap.mjs <${Object.keys(commands).join('|')}>`);
process.chdir(root);
// Set by `npm --silent`; pnpm and npm below us would keep the reason of a failure to themselves.
delete process.env.npm_config_loglevel;
ensureDependencies(ensurePnpm());

const { register } = await import('tsx/esm/api');
register();
try {
  const { main } = await import(pathToFileURL(`${root}${commands[name]}`).href);
  process.exitCode = await main(args);
} catch (error) {
  say(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
  if (process.env.DEBUG && error instanceof Error) say(String(error.stack));
  // `main` has stopped what it started by now. What still waits, like a thousand buyers of a failed demo, waits for nothing.
  process.exit(1);
}
