import type { LiveFrame } from './frame.ts';

/** A delta with who it is for. */
export type Step = { readonly from: string; readonly id: string; readonly frame: LiveFrame };

/** At the full pace a minute of deltas. */
const MAX_STEPS = 240;
const MAX_BYTES = 256 * 1_024;

export type DeltaRing = {
  readonly steps: () => readonly Step[];
  readonly push: (step: Step) => void;
  /** After a snapshot nothing leads from what was before to what is now. */
  readonly clear: () => void;
};

/** The last deltas of an event, for those who come back. Bounded in number and in bytes. */
export const createDeltaRing = (): DeltaRing => {
  let steps: Step[] = [];
  let bytes = 0;
  return {
    steps: () => steps,
    push: (step) => {
      steps.push(step);
      bytes += step.frame.bytes.length;
      while (steps.length > MAX_STEPS || bytes > MAX_BYTES) bytes -= steps.shift()?.frame.bytes.length ?? 0;
    },
    clear: () => {
      steps = [];
      bytes = 0;
    },
  };
};
