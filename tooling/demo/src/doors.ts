import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import type { Sale } from '@eventhorizon/actors/open-sale';
import type { Client } from '@eventhorizon/client/create-client';
import { domainErrorOf } from '@eventhorizon/client/domain-error';

/** The moment for which everybody waits. */
export type Doors = {
  /** A buyer is in the waiting room. When the last one is, the organizer opens it. */
  readonly arrived: () => void;
  readonly opened: Promise<void>;
};

export const createDoors = (
  { organizer, organizationId, eventId }: Sale,
  awaited: number,
  onArrival: (inside: number) => void,
): Doors => {
  let inside = 0;
  let resolve: (opening: Promise<void>) => void;
  const opened = new Promise<void>((settle) => {
    resolve = settle;
  });
  const open = async (): Promise<void> => {
    await organizer.api.waitingRoom.open.mutate({ organizationId, eventId });
  };
  return {
    opened,
    arrived: () => {
      inside += 1;
      onArrival(inside);
      if (inside === awaited) resolve(open());
    },
  };
};

/** What happens to who does not wait: the code of the refusal, or `held`. */
export const crashTheDoors = async (client: Client, { eventId, areaId }: Sale): Promise<string> => {
  const selections = [{ kind: 'places' as const, areaId, quantity: 1 }];
  try {
    await client.api.holds.place.mutate({ eventId, holdId: newHoldId(), selections });
    return 'held';
  } catch (error) {
    const refusal = domainErrorOf(error);
    if (refusal === null) throw error;
    return refusal.code;
  }
};
