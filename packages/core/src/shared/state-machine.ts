/** Which states may follow which. Written as a `const` table beside the aggregate it belongs to. */
export type Transitions<S extends string> = { readonly [from in S]: readonly S[] };

export const canMove = <S extends string>(table: Transitions<S>, from: S, to: S): boolean =>
  table[from].includes(to);

/** States from which `to` can be reached in one step: what a compare-and-set names as `from`. */
export const sourcesOf = <S extends string>(table: Transitions<S>, to: S): S[] =>
  (Object.keys(table) as S[]).filter((from) => table[from].includes(to));

/** For the default branch of a switch over a closed union: a new member fails to compile here. */
export const unreachable = (value: never): never => {
  throw new TypeError(`unreachable: ${JSON.stringify(value)}`);
};
