import { stopKeptMongod } from '../mongo/kept-mongod.ts';
import { say } from '../say.ts';

/** Ends the test server that DEVSTACK_KEEP=1 left running. */
export const main = async (): Promise<number> => {
  say((await stopKeptMongod()) ? 'stopped the kept MongoDB' : 'no kept MongoDB is running');
  return 0;
};
