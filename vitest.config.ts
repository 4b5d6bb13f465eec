import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const everywhere = ['packages', 'apps', 'tooling'];
/** `npm run test:full` tries properties twenty times as often (tooling/devstack/src/runs.ts), and may take as much longer. */
const patience = process.env.TEST_FULL === '1' ? 20 : 1;
const files = (ending: string) => everywhere.map((dir) => `${dir}/*/src/**/*.${ending}.ts`);

export default defineConfig({
  test: {
    // By default one less than there are cores, which is one in CI; but most tests wait for servers most of the time.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          include: [...files('test')],
          setupFiles: ['tooling/devstack/src/vitest-setup.ts'],
          testTimeout: 5_000 * patience,
          exclude: [...files('int.test'), ...files('e2e.test')],
          // Modules keep no state, so the files of a worker may share them; loading them anew for each file is half the time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'integration',
          include: [...files('int.test')],
          setupFiles: ['tooling/devstack/src/vitest-setup.ts'],
          globalSetup: ['tooling/devstack/src/vitest-global-setup.ts'],
          testTimeout: 60_000 * patience,
          hookTimeout: 120_000,
          isolate: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          globalSetup: ['tooling/devstack/src/vitest-global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          isolate: false,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      reporter: ['text-summary', 'json-summary', 'html'],
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**', '**/*.contract.ts'],
      thresholds: { lines: 85 },
    },
  },
});
