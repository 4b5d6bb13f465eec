import Table from 'cli-table3';
import { bold, type Io } from './io.ts';

/** Without what would break a line or drive a terminal: titles are other people's text. */
export const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ');

/** A drawn table for a person; tab-separated lines with a heading for a pipe. */
export const renderTable = (
  io: Io,
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): string => {
  const clean = rows.map((row) => row.map(plain));
  if (!io.terminal) return [heading, ...clean].map((row) => `${row.join('\t')}\n`).join('');
  const table = new Table({ head: heading.map((title) => bold(io, title)), style: { head: [], border: [] } });
  table.push(...clean.map((row) => [...row]));
  return `${table.toString()}\n`;
};
