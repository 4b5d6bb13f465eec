import type { Readable, Writable } from 'node:stream';

/** Where a command reads and writes. `terminal`: a person looks at the output. */
export type Io = {
  readonly stdin: Readable & { readonly isTTY?: boolean; readonly setRawMode?: (raw: boolean) => unknown };
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly terminal: boolean;
  readonly color: boolean;
};

const paint = (code: number) => (io: Io, text: string) =>
  io.color ? `\u001b[${code}m${text}\u001b[0m` : text;

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
