import { describe, expect, it } from 'vitest';
import { normalizeTags } from './normalize-tags.ts';

describe('tags', () => {
  it('have one spelling each, and each is there once', () => {
    expect(
      normalizeTags([' Klassik  Abend ', '#klassik-abend', 'ROCK&ROLL', 'Ｊａｚｚ', 'jazz', 'Größe', '???']),
    ).toEqual(['klassik-abend', 'rock-roll', 'jazz', 'größe']);
  });
});
