/** vitest's `coverage-summary.json`: figures by absolute file name, and `total`. */
export type CoverageSummary = {
  readonly [file: string]: {
    readonly lines: { readonly total: number; readonly covered: number; readonly pct: number };
  };
};

/** The files with the most lines that no test runs, one line each. */
export const leastCovered = (summary: CoverageSummary, root: string, count: number): string[] =>
  Object.entries(summary)
    .filter(([file]) => file !== 'total')
    .map(([file, { lines }]) => ({
      file: file.replace(`${root}/`, ''),
      missed: lines.total - lines.covered,
      lines,
    }))
    .filter(({ missed }) => missed > 0)
    .sort((a, b) => b.missed - a.missed)
    .slice(0, count)
    .map(({ file, missed, lines }) => `${missed} of ${lines.total} lines  ${file}`);
