/** A turn of a waiting room in which a booking was made, whatever became of it: nothing else is bought in it. */
export type SpentTurn = {
  readonly number: number;
  /** Of the booking. */
  readonly owner: string;
  /** Whom the turn is bound to: the booking's account. */
  readonly person: string;
};
