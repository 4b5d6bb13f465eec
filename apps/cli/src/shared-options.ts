import { type Command, InvalidArgumentError } from 'commander';

export const ORG = ['--org <id>', 'organization; not needed when you belong to one only'] as const;

export const pageSize = (text: string): number => {
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > 100)
    throw new InvalidArgumentError('It must be 1 to 100.');
  return size;
};

/** A command that shows a page. */
export const paged = (command: Command): Command =>
  command
    .option('--limit <n>', 'how many, 1 to 100', pageSize, 20)
    .option('--cursor <cursor>', 'go on from an earlier page');

/** A command that shows a page of an organization's things. */
export const listing = (command: Command): Command => paged(command.option(...ORG));
