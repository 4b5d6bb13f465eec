import type { FaultList } from '../shared/import-fault.ts';
import type { IgnoredThings } from './ignored-things.ts';
import { whyNotName, whyNotPosition } from './seat-rules.ts';

export type Obj = Readonly<Record<string, unknown>>;
export type Position = { readonly x: number; readonly y: number };

const ORIGIN: Position = { x: 0, y: 0 };
const at = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/**
 * Reads properties of parsed JSON by hand and reports each fault with its path. By hand, because a schema library takes
 * seconds over 100,000 seats with faults, and because paths are built only when there is something to report.
 */
export const planReader = (faults: FaultList, ignored: IgnoredThings) => {
  const isObject = (value: unknown): value is Obj =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

  const position = (owner: Obj, path: string, { required = false } = {}): Position => {
    const value = owner.position;
    if (value === undefined && !required) return ORIGIN;
    if (!isObject(value)) {
      faults.add(at(path, 'position'), value === undefined ? 'is missing' : 'must be an object {x, y}');
      return ORIGIN;
    }
    const axis = (key: 'x' | 'y'): number => {
      const number = value[key];
      const why =
        typeof number === 'number'
          ? whyNotPosition(number)
          : number === undefined
            ? 'is missing'
            : 'must be a number';
      if (why === null) return number as number;
      faults.add(`${at(path, 'position')}.${key}`, why);
      return 0;
    };
    return { x: axis('x'), y: axis('y') };
  };

  return {
    isObject,
    position,
    /** A string property; null when it is absent or faulty. */
    name: (
      owner: Obj,
      key: string,
      path: string,
      { required = false, filled = false, max }: { required?: boolean; filled?: boolean; max?: number } = {},
    ): string | null => {
      const value = owner[key];
      if (value === undefined && !required) return null;
      const why =
        value === undefined
          ? 'is missing'
          : typeof value !== 'string'
            ? 'must be a string'
            : filled && value.trim() === ''
              ? 'must not be empty'
              : whyNotName(value, max);
      if (why === null) return value as string;
      faults.add(at(path, key), why);
      return null;
    },
    /** The plan's size is not used, but a wrong one is a fault all the same. */
    size: (plan: Obj): void => {
      if (plan.size === undefined) return;
      if (!isObject(plan.size)) {
        faults.add('size', 'must be an object {width, height}');
        return;
      }
      for (const key of ['width', 'height'])
        if (typeof plan.size[key] !== 'number') faults.add(`size.${key}`, 'must be a number');
    },
    /** Walks a required list of objects. */
    each: (owner: Obj, key: string, path: string, visit: (item: Obj, itemPath: string) => void): void => {
      const list = owner[key];
      if (!Array.isArray(list)) {
        faults.add(at(path, key), list === undefined ? 'is missing' : 'must be a list');
        return;
      }
      list.forEach((item: unknown, index) => {
        const itemPath = `${at(path, key)}[${index}]`;
        if (isObject(item)) visit(item, itemPath);
        else faults.add(itemPath, 'must be an object');
      });
    },
    /** Counts the properties that the format does not know. */
    extras: (owner: Obj, kind: string, known: readonly string[]): void => {
      for (const key in owner) if (!known.includes(key)) ignored.add(`${kind} property ${key}`);
    },
  };
};
