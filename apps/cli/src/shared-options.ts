import { type Command, InvalidArgumentError } from 'commander';

export const ORG = ['--org <id>', 'organization; not needed when you belong to one only'] as const;

/** The value of an option: a whole number from `min` to `max`. */
export const integerOption =
  (min: number, max = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const number = Number(text);
    // `Number` reads an empty text as 0.
    if (text.trim() === '' || !Number.isInteger(number) || number < min || number > max)
      throw new InvalidArgumentError(
        max === Number.MAX_SAFE_INTEGER
          ? `It must be a whole number from ${min} on.`
          : `It must be a whole number, ${min} to ${max}.`,
      );
    return number;
  };

/** The values of an option that may be given again. */
export const repeated = (value: string, before: readonly string[] = []): string[] => [...before, value];

export const pageSize = integerOption(1, 100);

/** A command that shows a page. */
export const paged = (command: Command): Command =>
  command
    .option('--limit <n>', 'how many, 1 to 100', pageSize, 20)
    .option('--cursor <cursor>', 'go on from an earlier page');

/** A command that shows a page of an organization's things. */
export const listing = (command: Command): Command => paged(command.option(...ORG));
