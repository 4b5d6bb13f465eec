import type { Event } from './event.ts';

/** What everybody may see of an event: not who edits it when, nor when it is to be published. */
export type PublicEvent = Omit<
  Event,
  'description' | 'publishAt' | 'frozenUntil' | 'createdAt' | 'updatedAt'
>;

export const publicEventOf = ({
  description: _description,
  publishAt: _publishAt,
  frozenUntil: _frozenUntil,
  createdAt: _createdAt,
  updatedAt: _updatedAt,
  ...rest
}: Event): PublicEvent => rest;
