import { getImportDocument, TICKETS_A_PART } from '@eventhorizon/core/flows/get-import-document';
import { resumeAttendeeImport } from '@eventhorizon/core/flows/resume-attendee-import';
import { runAttendeeImport } from '@eventhorizon/core/flows/run-attendee-import';
import { startAttendeeImport } from '@eventhorizon/core/flows/start-attendee-import';
import type { TicketSheet } from '@eventhorizon/core/notifications/documents/document';
import type { DocumentAllowance } from '@eventhorizon/core/notifications/ports';
import { expect, test } from 'vitest';
import { mongoEvents } from '../mongo/events.ts';
import { mongoOrganizations } from '../mongo/organizations.ts';
import { type BoxOfficeWorld, boxOfficeWorld } from '../testing/box-office-world.ts';
import { newId } from '../testing/new-id.ts';

/** The document of a part, drawn as the sheets that it has. */
const partOf = async (
  { organizer, mongo, event, access }: BoxOfficeWorld,
  importId: string,
  part: number,
  documentAllowance: DocumentAllowance = { take: async () => null },
) => {
  let drawn: readonly TicketSheet[] = [];
  const { id, organizationId } = await getList(organizer, importId);
  const document = await getImportDocument(
    {
      ...organizer,
      documentAllowance,
      organizations: mongoOrganizations(mongo.db),
      events: mongoEvents(mongo.db),
      signer: { sign: async ({ ticketId }) => ticketId },
      documents: {
        tickets: async (sheets) => {
          drawn = sheets;
          return new Uint8Array();
        },
        receipt: async () => new Uint8Array(),
      },
    },
    { importId: id, organizationId, part, userId: access().userId },
  );
  expect(organizationId).toBe(event.organizationId);
  return { ...document, drawn };
};

const getList = async ({ imports }: BoxOfficeWorld['organizer'], importId: string) => {
  const list = await imports.find(importId as Parameters<typeof imports.find>[0]);
  if (list === null) throw new Error('there is no such list');
  return list;
};

test('a list is printed in parts of a bounded size, each the same again, in its order, without what was given up', async () => {
  const count = TICKETS_A_PART + 2;
  await using world = await boxOfficeWorld({}, { seats: 0, places: count });
  const lines = Array.from({ length: count }, (_, i) => `Guest ${i},Adult,Floor`);
  const { import: list } = await startAttendeeImport(
    world.organizer,
    world.upload(['name,ticket_type,area', ...lines].join('\n')),
  );
  const importId = list?.id ?? '';
  await expect(partOf(world, importId, 1)).rejects.toMatchObject({ code: 'attendees.still_sold' });
  // Stopped, it may go on, and its last part would grow.
  const { memberships } = world.organizer;
  const sellerLeft = { ...world.organizer, memberships: { ...memberships, find: async () => null } };
  await runAttendeeImport(sellerLeft, { importId: list?.id ?? newId('imp') });
  await expect(partOf(world, importId, 1)).rejects.toMatchObject({ code: 'attendees.still_sold' });
  await resumeAttendeeImport(world.organizer, {
    importId: list?.id ?? newId('imp'),
    organizationId: world.event.organizationId,
    access: world.access(),
  });
  while (
    (await runAttendeeImport(world.organizer, { importId: list?.id ?? newId('imp') })).result === 'retry'
  );

  const names = async (part: number) =>
    (await partOf(world, importId, part)).drawn.map((s) => s.attendeeName);
  const first = await partOf(world, importId, 1);
  expect(first).toMatchObject({ part: 1, parts: 2, tickets: TICKETS_A_PART });
  expect(first.file?.filename).toBe(`tickets-${importId}-1-of-2.pdf`);
  expect(first.drawn[0]).toMatchObject({
    attendeeName: 'Guest 0',
    position: '1 of 1',
    code: expect.stringMatching(/^tkt_/),
  });
  expect(await names(2)).toEqual([`Guest ${count - 2}`, `Guest ${count - 1}`]);
  await expect(partOf(world, importId, 3)).rejects.toMatchObject({ code: 'input.invalid' });

  const counted: unknown[] = [];
  const usedUp: DocumentAllowance = {
    take: async (...args) => {
      counted.push(args);
      return 7_000;
    },
  };
  await expect(partOf(world, importId, 2, usedUp)).rejects.toMatchObject({ code: 'document.too_many' });
  expect(counted).toEqual([[world.access().userId, 2]]);

  const tickets = world.mongo.db.collection('tickets');
  await tickets.updateOne({ attendeeName: 'Guest 0' }, { $set: { status: 'void' } });
  expect(await names(1)).toEqual(first.drawn.slice(1).map((sheet) => sheet.attendeeName));
  expect(await names(2)).toHaveLength(2);
  await tickets.updateMany({}, { $set: { status: 'void' } });
  expect(await partOf(world, importId, 2)).toMatchObject({ part: 2, parts: 2, tickets: 0, file: null });
});
