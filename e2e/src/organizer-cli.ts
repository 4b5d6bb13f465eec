import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { repositoryRoot } from '@eventhorizon/devstack/paths';
import { tryRun } from '@eventhorizon/devstack/process/run';

export type OrganizerCli = Disposable & {
  /** A folder of its own, for the files that commands read. */
  readonly dir: string;
  /** Runs `eventhorizon --json …` as an organizer would type it, `input` piped in; throws what it said when it fails. */
  readonly run: <T>(args: readonly string[], input?: string) => Promise<T>;
};

/** The command line as a program of its own, with a home of its own, against the API at `url`. */
export const organizerCli = (url: string): OrganizerCli => {
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-organizer-`);
  return {
    dir,
    run: async <T>(args: readonly string[], input = '') => {
      const program = ['--import', 'tsx', 'apps/cli/src/main.ts', '--json'];
      const { code, stdout, stderr } = await tryRun(process.execPath, [...program, ...args], {
        cwd: repositoryRoot,
        env: { XDG_CONFIG_HOME: dir, EVENTHORIZON_URL: url },
        input,
      });
      if (code !== 0) throw new Error(`eventhorizon ${args.join(' ')} ended with ${code}: ${stderr}`);
      return (stdout === '' ? null : JSON.parse(stdout)) as T;
    },
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  };
};
