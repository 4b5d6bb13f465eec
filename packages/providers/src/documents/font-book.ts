import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';
import { FONT_FILES, type FontFile, type FontWeight } from './font-files.ts';
import { unpackWoff } from './unpack-woff.ts';

export type Face = { readonly name: string; readonly font: fontkit.Font };

/** Finds the face for a piece of text. Faces are read when first needed and kept: reading one costs milliseconds. */
export type FontBook = { readonly faceFor: (grapheme: string, weight: FontWeight) => Face };

/** Graphemes whose face is remembered; strangers choose them, so there is an end to it. */
const MAX_KNOWN = 20_000;

const pathOf = ({ name, specifier }: FontFile): URL | string => {
  const beside = new URL(`./fonts/${name}`, import.meta.url);
  return existsSync(beside) ? beside : createRequire(import.meta.url).resolve(specifier);
};

/**
 * fontkit keeps a glyph as it was first asked for, and the parts of composed ones (the points of a colon) are asked for without their
 * characters. In every later document of the thread those would be seen, but neither copied nor read aloud: 117.00 as 11700.
 */
const rememberingCharacters = (font: fontkit.Font): fontkit.Font => {
  const getGlyph = font.getGlyph.bind(font);
  font.getGlyph = (id, codePoints = []) => {
    const glyph = getGlyph(id, codePoints);
    return glyph.codePoints.length > 0 ? glyph : Object.assign(glyph, { codePoints });
  };
  return font;
};

const open = (file: FontFile): Face => {
  const font = fontkit.create(unpackWoff(readFileSync(pathOf(file))));
  if ('fonts' in font) throw new Error(`${file.name} is a collection of fonts`);
  return { name: file.name, font: rememberingCharacters(font) };
};

/** The first face of the weight that has every character of the grapheme; the first of all, which draws a box, when none has. */
export const createFontBook = (): FontBook => {
  const opened = new Map<string, Face>();
  const faceOf = (file: FontFile): Face => {
    const face = opened.get(file.name) ?? open(file);
    opened.set(file.name, face);
    return face;
  };
  const known = new Map<string, Face>();
  const look = (grapheme: string, weight: FontWeight): Face => {
    // Joiners and variation selectors say how their neighbours look; they need no glyph.
    const points = [...grapheme.replace(/\u200c|\u200d|[\ufe00-\ufe0f]/g, '')].map(
      (c) => c.codePointAt(0) ?? 0,
    );
    const files = FONT_FILES.filter((file) => file.weight === weight);
    const found =
      files.find((file) => points.every((point) => faceOf(file).font.hasGlyphForCodePoint(point))) ??
      files[0];
    if (found === undefined) throw new Error(`there is no ${weight} font`);
    return faceOf(found);
  };
  return {
    faceFor: (grapheme, weight) => {
      const key = `${weight} ${grapheme}`;
      const face = known.get(key) ?? look(grapheme, weight);
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(key, face);
      return face;
    },
  };
};
