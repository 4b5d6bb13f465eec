import { describe, expect, it } from 'vitest';
import { createSlots } from './slots.ts';

describe('slots', () => {
  it('lets so many in at once, and the others in the order in which they came', async () => {
    const slots = createSlots(2);
    const [a, b] = [await slots.take(1_000), await slots.take(1_000)];
    const order: string[] = [];
    const third = slots.take(1_000).then((slot) => {
      order.push('third');
      return slot;
    });
    const fourth = slots.take(1_000).then(() => order.push('fourth'));
    expect(order).toEqual([]);
    a?.[Symbol.dispose]();
    (await third)?.[Symbol.dispose]();
    await fourth;
    expect(order).toEqual(['third', 'fourth']);
    b?.[Symbol.dispose]();
  });

  it('counts a slot that is given back twice once', async () => {
    const slots = createSlots(1);
    const only = await slots.take(1_000);
    only?.[Symbol.dispose]();
    only?.[Symbol.dispose]();
    expect(await slots.take(1_000)).not.toBeNull();
    expect(await slots.take(1)).toBeNull();
  });

  it('loses no slot to one who did not wait for it', async () => {
    const slots = createSlots(1);
    const only = await slots.take(1_000);
    expect(await slots.take(1)).toBeNull();
    only?.[Symbol.dispose]();
    expect(await slots.take(1)).not.toBeNull();
  });
});
