import { readFileSync } from 'node:fs';
import { createEventInput } from '@eventhorizon/core/events/create-event';
import { expect, it } from 'vitest';

it('the documented event file is one that the API takes', () => {
  const page = readFileSync(new URL('../../../docs/events-file.md', import.meta.url), 'utf8');
  const example: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
  const read = createEventInput.safeParse({
    ...(example as object),
    organizationId: 'org_01h455vb4pex5vsknk084sn02q',
  });
  expect(read.error?.issues ?? []).toEqual([]);
});
