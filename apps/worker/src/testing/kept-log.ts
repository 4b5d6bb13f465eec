import type { Log } from '../runtime/ports.ts';

export type KeptLog = Log & { readonly lines: { level: string; fields: object; message: string }[] };

/** A log that keeps what is said, for tests. */
export const keptLog = (): KeptLog => {
  const lines: KeptLog['lines'] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};
