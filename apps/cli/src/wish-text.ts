type Named = { readonly name: string };

/** What names of things a wish is told by. */
export type WishedEvent = {
  readonly priceCategories: readonly (Named & { readonly key: string })[];
  readonly areas: readonly (Named & { readonly id: string })[];
  readonly ticketTypes: readonly (Named & { readonly id: string })[];
};

export type ShownWish = {
  readonly priceCategory: string | null;
  readonly areaId: string | null;
  readonly ticketTypeId: string | null;
};

/** `Adult, Stalls`: by the names that people read, or the ids of what the event does not have any more. */
export const wishText = (
  { priceCategories, areas, ticketTypes }: WishedEvent,
  { priceCategory, areaId, ticketTypeId }: ShownWish,
): string =>
  [
    ticketTypeId && (ticketTypes.find(({ id }) => id === ticketTypeId)?.name ?? ticketTypeId),
    areaId && (areas.find(({ id }) => id === areaId)?.name ?? areaId),
    priceCategory && (priceCategories.find(({ key }) => key === priceCategory)?.name ?? priceCategory),
  ]
    .filter((part) => part !== null)
    .join(', ');
