import { bold, green, type Io } from './io.ts';
import { type ImportProgress, progressLine } from './watch-import.ts';

const WHY: Readonly<Record<NonNullable<ImportProgress['stopReason']>, string>> = {
  seller_may_not_sell: 'who was selling it may sell no more',
};

/** An import for a person: how far it is, and what to do next. */
export const renderImport = (io: Io, progress: ImportProgress): string => {
  const { id, status, stopReason } = progress;
  const mark = status === 'stopped' ? bold(io, '!') : green(io, '✓');
  const why =
    stopReason === null
      ? ''
      : `  ${WHY[stopReason]}. Go on with it in your own name: eventhorizon attendees resume ${id}\n`;
  const next = stepsAfter(progress).map(
    ([what, command]) => `  ${what} with: eventhorizon attendees ${command}\n`,
  );
  return `${mark} ${id} is ${status}: ${progressLine(progress)}\n${why}${next.join('')}`;
};

const stepsAfter = ({ id, status, counts, mail, mailing }: ImportProgress): [string, string][] => {
  if (status === 'stopped') return [];
  if (status === 'running' || mailing?.endedAt === null) return [['watch it', `status ${id} --watch`]];
  const refused = counts.refused + counts.cancelled > 0;
  const steps: [string, string][] = refused ? [['see which, and why,', `report ${id}`]] : [];
  if (counts.sold === 0) return steps;
  steps.push(['print the tickets', `print ${id}`]);
  return mail || mailing !== undefined ? steps : [...steps, ['mail them', `mail ${id}`]];
};
