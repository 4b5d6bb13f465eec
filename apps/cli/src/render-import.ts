import { green, type Io } from './io.ts';
import { type ImportProgress, progressLine } from './watch-import.ts';

/** An import for a person: how far it is, and what to do next. */
export const renderImport = (io: Io, progress: ImportProgress): string => {
  const { id, status, counts } = progress;
  const next =
    status === 'running'
      ? `  watch it with: eventhorizon attendees status ${id} --watch\n`
      : counts.refused + counts.cancelled > 0
        ? `  see which, and why, with: eventhorizon attendees report ${id}\n`
        : '';
  return `${green(io, '✓')} ${id} is ${status}: ${progressLine(progress)}\n${next}`;
};
