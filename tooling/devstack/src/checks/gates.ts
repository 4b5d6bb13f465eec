/** A check that is not a test: it passes or fails as a whole. */
export type Gate = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
};

/** A program of the workspace root's own dependencies. */
const local = (name: string, program: string, ...args: string[]): Gate => ({
  name,
  command: `node_modules/.bin/${program}`,
  args,
});

/**
 * The gates in the order in which they run, quickest first. Types are checked as one program: package by package the same
 * sources would be checked in every package that imports them, seven times the work. turbo remembers what was checked; without
 * a git commit it hashes node_modules, which takes minutes, so then the compiler runs without it.
 */
export const gates = ({ hasCommit }: { readonly hasCommit: boolean }): Gate[] => [
  local('versions', 'sherif'),
  local('lint', 'biome', 'check', '--error-on-warnings', '.'),
  local(
    'boundaries',
    'depcruise',
    '--config',
    '.dependency-cruiser.cjs',
    'apps',
    'packages',
    'tooling',
    'e2e',
    'examples',
  ),
  local('dead code', 'knip'),
  hasCommit
    ? local('types', 'turbo', 'run', 'typecheck:all', '--output-logs=errors-only', '--no-update-notifier')
    : local('types', 'tsc', '--noEmit', '-p', 'tsconfig.all.json'),
];
