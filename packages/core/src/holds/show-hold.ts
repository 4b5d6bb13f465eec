import { layoutWith } from '../inventory/layout-with.ts';
import type { LayoutSource } from '../inventory/ports.ts';
import type { Hold } from './hold.ts';
import { type HoldView, holdView } from './hold-view.ts';

export type ShowHoldDeps = { readonly layouts: LayoutSource };

/** A hold with the names of its units, from what this process remembers of the event: no further round trip. */
export const showHold = async ({ layouts }: ShowHoldDeps, hold: Hold): Promise<HoldView> => {
  const { layout } = await layoutWith(layouts, hold);
  return holdView(hold, layout);
};
