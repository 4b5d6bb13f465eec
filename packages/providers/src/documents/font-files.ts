export type FontWeight = 'regular' | 'bold';

const sans = (subset: string): readonly [string, string] => ['noto-sans', subset];

/**
 * Noto Sans (SIL Open Font License) as Fontsource ships it: package and subset, in the order in which a character is looked
 * up. Covers Latin, Vietnamese, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai, Japanese, simplified Chinese and Korean.
 */
const FACES: readonly (readonly [string, string])[] = [
  ...['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'].map(sans),
  ['noto-sans-hebrew', 'hebrew'],
  ['noto-sans-arabic', 'arabic'],
  ['noto-sans-devanagari', 'devanagari'],
  ['noto-sans-thai', 'thai'],
  ['noto-sans-jp', 'japanese'],
  ['noto-sans-sc', 'chinese-simplified'],
  ['noto-sans-kr', 'korean'],
];

const WEIGHTS = { regular: 400, bold: 700 } as const;

export type FontFile = {
  /** `noto-sans-latin-400-normal.woff`. */
  readonly name: string;
  readonly weight: FontWeight;
  /** Where Node finds it in the workspace. A bundle has it as `./fonts/<name>` beside it. */
  readonly specifier: string;
};

export const FONT_FILES: readonly FontFile[] = (['regular', 'bold'] as const).flatMap((weight) =>
  FACES.map(([family, subset]) => {
    const name = `${family}-${subset}-${WEIGHTS[weight]}-normal.woff`;
    return { name, weight, specifier: `@fontsource/${family}/files/${name}` };
  }),
);
