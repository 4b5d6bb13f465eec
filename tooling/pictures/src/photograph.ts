import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];
/** A letter as it is on a desk, and tall enough for three tickets; a page as it is on a phone. */
const SIZES = { letter: '800,1500', page: '390,1400' } as const;
const RESOLUTION = '110';

/** The first of these programs that is there; null: none is. */
export const programOf = (names: readonly string[], path: string): string | null =>
  path
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file)) ?? null;

/** Makes a PNG beside each HTML file and each page of a PDF, with the programs that are there. Returns what could not be done. */
export const photograph = async (
  folder: string,
  names: readonly string[],
  path: string,
): Promise<string[]> => {
  const browser = programOf(BROWSERS, path);
  const pdftoppm = programOf(['pdftoppm'], path);
  if (browser !== null) {
    const profile = await mkdtemp(join(tmpdir(), 'pictures-'));
    const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    try {
      for (const name of names.filter((one) => one.endsWith('.html'))) {
        const file = resolve(folder, name);
        const size = SIZES[name.startsWith('page-') ? 'page' : 'letter'];
        const own = [`--user-data-dir=${profile}`, '--hide-scrollbars', `--window-size=${size}`];
        const shot = `--screenshot=${file.replace(/html$/, 'png')}`;
        await run(browser, [...quiet, ...own, shot, pathToFileURL(file).href]);
      }
    } finally {
      await rm(profile, { recursive: true, force: true });
    }
  }
  if (pdftoppm !== null)
    for (const name of names.filter((one) => one.endsWith('.pdf'))) {
      const file = join(folder, name);
      await run(pdftoppm, ['-r', RESOLUTION, '-png', file, file.replace(/\.pdf$/, '')]);
    }
  return [
    ...(browser === null ? ['HTML as pictures: there is no chromium on the PATH'] : []),
    ...(pdftoppm === null ? ['PDFs as pictures: there is no pdftoppm on the PATH (poppler-utils)'] : []),
  ];
};
