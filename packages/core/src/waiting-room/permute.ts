import { mix } from '../inventory/spread.ts';

/** Six, so that also tiny sizes come out even; four are enough for a pseudorandom permutation (Luby and Rackoff, 1988). */
const ROUNDS = 6;

const wordsOf = (seed: string): number[] =>
  [0, 8, 16, 24].map((at) => Number.parseInt(seed.slice(at, at + 8), 16) >>> 0);

/**
 * Where `index` comes in a random order of 0 … size-1, which `seed` (128 bits as hex) fixes: a one-to-one mapping, found without sorting
 * or storing anything. A Feistel network over the smallest square of a power of two that has room, walked on until it hits a number
 * below `size` ("cycle walking", Black and Rogaway, 2002): under four rounds of it on average.
 */
export const permute = (seed: string, size: number, index: number): number => {
  if (!Number.isInteger(index) || index < 0 || index >= size)
    throw new RangeError(`${index} is not one of ${size}`);
  const words = wordsOf(seed);
  let bits = 1;
  while (2 ** (2 * bits) < size) bits += 1;
  const half = 2 ** bits;
  const scramble = (value: number): number => {
    let left = Math.floor(value / half);
    let right = value % half;
    for (let round = 0; round < ROUNDS; round += 1) {
      const word = words[round % words.length] ?? 0;
      const shift = mix(mix(word, right), round) % half;
      [left, right] = [right, (left + shift) % half];
    }
    return left * half + right;
  };
  let at = scramble(index);
  while (at >= size) at = scramble(at);
  return at;
};
