/** Something wrong in an import. `place`: `zones[2].rows[4].seats[1].seat_guid`, or `line 17, category` of a CSV file. */
export type ImportFault = { readonly place: string; readonly message: string };

/** Faults beyond this many are counted, not kept: a hostile file may hold millions. */
export const MAX_KEPT_FAULTS = 5_000;

export type FaultList = {
  readonly faults: readonly ImportFault[];
  /** All that were found, also those not kept. */
  readonly total: number;
  readonly add: (place: string, message: string) => void;
};

export const faultList = (): FaultList => {
  const faults: ImportFault[] = [];
  let total = 0;
  return {
    faults,
    get total() {
      return total;
    },
    add: (place, message) => {
      total += 1;
      if (faults.length < MAX_KEPT_FAULTS) faults.push({ place, message });
    },
  };
};
