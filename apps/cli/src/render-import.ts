import { bold, green, type Io } from './io.ts';
import { type ImportProgress, progressLine } from './watch-import.ts';

const WHY: Readonly<Record<NonNullable<ImportProgress['stopReason']>, string>> = {
  seller_may_not_sell: 'who was selling it may sell no more',
};

const nextStep = ({ id, status, stopReason, counts }: ImportProgress): string => {
  if (status === 'running') return `  watch it with: eventhorizon attendees status ${id} --watch\n`;
  if (stopReason !== null)
    return `  ${WHY[stopReason]}. Go on with it in your own name: eventhorizon attendees resume ${id}\n`;
  return counts.refused + counts.cancelled > 0
    ? `  see which, and why, with: eventhorizon attendees report ${id}\n`
    : '';
};

/** An import for a person: how far it is, and what to do next. */
export const renderImport = (io: Io, progress: ImportProgress): string => {
  const mark = progress.status === 'stopped' ? bold(io, '!') : green(io, '✓');
  return `${mark} ${progress.id} is ${progress.status}: ${progressLine(progress)}\n${nextStep(progress)}`;
};
