import { green, type Io } from './io.ts';
import { type ImportProgress, progressLine } from './watch-import.ts';

/** An import for a person: how far it is, and what to do next. */
export const renderImport = (io: Io, progress: ImportProgress): string => {
  const { id, status } = progress;
  const next = stepsAfter(progress).map(
    ([what, command]) => `  ${what} with: eventhorizon attendees ${command}\n`,
  );
  return `${green(io, '✓')} ${id} is ${status}: ${progressLine(progress)}\n${next.join('')}`;
};

const stepsAfter = ({ id, status, counts, mail, mailing }: ImportProgress): [string, string][] => {
  if (status === 'running' || mailing?.endedAt === null) return [['watch it', `status ${id} --watch`]];
  const refused = counts.refused + counts.cancelled > 0;
  const steps: [string, string][] = refused ? [['see which, and why,', `report ${id}`]] : [];
  if (counts.sold === 0) return steps;
  steps.push(['print the tickets', `print ${id}`]);
  return mail || mailing !== undefined ? steps : [...steps, ['mail them', `mail ${id}`]];
};
