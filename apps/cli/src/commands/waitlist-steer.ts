import type { CommandContext } from '../command-context.ts';

export type WaitlistOptions = { readonly org?: string };

/** What a steering command does, and what it says when it is done. */
export const WAITLIST_STEERING = {
  pause: {
    does: 'offer nothing but by hand until it is resumed; open offers stay good',
    done: 'Paused: what comes back is kept, and offered by hand or when you resume.',
  },
  resume: { does: 'go on after a pause', done: 'What has come back is offered in order.' },
} as const;
export type WaitlistSteering = keyof typeof WAITLIST_STEERING;

/** Pauses or resumes the waitlist of an event. */
export const steerWaitlist = async (
  context: CommandContext,
  steering: WaitlistSteering,
  eventId: string,
  { org }: WaitlistOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const list = await client.api.waitlist[steering].mutate({ organizationId, eventId });
  context.done(list, `${WAITLIST_STEERING[steering].done}`);
};
