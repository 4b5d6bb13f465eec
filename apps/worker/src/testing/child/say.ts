/** Tells the test; written at once, so that a kill right after it loses nothing. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Dies here, as by `kill -9`: nothing after it runs, nothing is cleaned up. */
export const dieNow = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('still alive after SIGKILL');
};

/** The one argument that `spawnChild` gave. Its shape is the test's word: both are in this repository. */
export const childConfig = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T;
