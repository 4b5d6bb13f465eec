import type { EventGate } from '@eventhorizon/core/inventory/ports';

/** A gate as the scripts take it, and as the fields of `meta`. Instants in ms; no start of sales is ''. */
export const gateRecord = (gate: EventGate) => {
  const from = gate.salesFrom?.getTime() ?? '';
  const until = gate.salesUntil.getTime();
  return {
    json: JSON.stringify({
      g: { r: gate.revision, s: gate.status, f: from, t: until, h: gate.shape, c: gate.capacities },
    }),
    fields: [
      ...[
        'revision',
        gate.revision,
        'status',
        gate.status,
        'from',
        from,
        'until',
        until,
        'shape',
        gate.shape,
      ],
    ],
  };
};
