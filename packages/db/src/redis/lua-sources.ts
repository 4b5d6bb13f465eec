import { readdirSync, readFileSync } from 'node:fs';

const INCLUDE = /^--- @include "([a-z-]+)"$/gm;

/** Name (the file's, without `.lua`) -> script with its parts put in. */
export type LuaSources = Readonly<Record<string, string>>;

/** Puts `--- @include "name"` lines' files in their place. A part is put in once, at its first mention. */
export const withIncludes = (name: string, files: ReadonlyMap<string, string>): string => {
  const seen = new Set<string>();
  const expand = (part: string, from: string): string => {
    if (seen.has(part)) return '';
    seen.add(part);
    const text = files.get(part);
    if (text === undefined) throw new Error(`${from}.lua includes "${part}", and there is no ${part}.lua`);
    return text.replace(INCLUDE, (_line, next: string) => expand(next, part));
  };
  return expand(name, name);
};

/**
 * Reads the scripts beside this module: `./lua/*.lua`, so a bundle carries that folder beside it. Files named `lib-*` are
 * parts, not scripts.
 */
export const readLuaSources = (directory = new URL('./lua/', import.meta.url)): LuaSources => {
  const files = new Map(
    readdirSync(directory)
      .filter((file) => file.endsWith('.lua'))
      .map((file) => [file.slice(0, -4), readFileSync(new URL(file, directory), 'utf8')]),
  );
  return Object.fromEntries(
    [...files.keys()]
      .filter((name) => !name.startsWith('lib-'))
      .map((name) => [name, withIncludes(name, files)]),
  );
};
