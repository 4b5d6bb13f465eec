import { ID_PREFIXES } from '@eventhorizon/core/shared/ids';
import type { AnyRouter } from '@trpc/server';
import { z } from 'zod';
import type { ProcedureMeta } from '../trpc/trpc.ts';

/** What can be read off a procedure without calling it. */
export type ProcedureFacts = {
  readonly path: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly meta: ProcedureMeta;
  /** Where its input names things by id: `organizationId`, `lines[].ticketTypeId`. */
  readonly ids: readonly string[];
};

type Definition = {
  readonly type: ProcedureFacts['type'];
  readonly meta?: ProcedureMeta;
  readonly inputs: readonly z.ZodType[];
};

const PREFIX = new RegExp(`^\\^(${Object.keys(ID_PREFIXES).join('|')})_`);

/** The places of a JSON schema whose pattern is that of an id. */
const idPlaces = (schema: unknown, place: string): string[] => {
  if (Array.isArray(schema)) return schema.flatMap((one) => idPlaces(one, place));
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'pattern') return PREFIX.test(String(value)) ? [place] : [];
    if (key === 'items' || key === 'prefixItems' || key === 'additionalProperties')
      return idPlaces(value, `${place}[]`);
    if (key !== 'properties') return idPlaces(value, place);
    return Object.entries(value as object).flatMap(([name, of]) =>
      idPlaces(of, place === '' ? name : `${place}.${name}`),
    );
  });
};

/** Every procedure of a router, read from the router itself. */
export const routerFacts = (router: AnyRouter): ProcedureFacts[] =>
  Object.entries(router._def.procedures as Record<string, { readonly _def: Definition }>).map(
    ([path, { _def }]) => ({
      path,
      type: _def.type,
      meta: _def.meta ?? {},
      ids: [
        ...new Set(
          _def.inputs.flatMap((input) =>
            idPlaces(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }), ''),
          ),
        ),
      ].sort(),
    }),
  );

/** Procedures that take an organization's id but were not built to look for a membership in it. */
export const unguarded = (facts: readonly ProcedureFacts[]): string[] =>
  facts
    .filter(({ ids, meta }) => ids.includes('organizationId') !== (meta.capability !== undefined))
    .map(({ path }) => path);

export type RecordedCall = { readonly path: string; readonly input: unknown };

/** What stands in an input at a place like `lines[].ticketTypeId`. */
const valuesAt = (input: unknown, place: string): unknown[] =>
  place.split(/\.|(?=\[\])/).reduce<unknown[]>(
    (found, part) =>
      found.flatMap((value) => {
        if (typeof value !== 'object' || value === null) return [];
        return part === '[]' ? Object.values(value) : [(value as Record<string, unknown>)[part]];
      }),
    [input],
  );

/**
 * The ids, as `<procedure> <place>`, that no recorded call named a foreign one of while the organization, if there is one, was the
 * caller's own: whether those are checked is not shown by the calls.
 */
export const unprovenIds = (
  facts: readonly ProcedureFacts[],
  calls: readonly RecordedCall[],
  own: ReadonlySet<unknown>,
): string[] =>
  facts.flatMap(({ path, ids }) =>
    ids
      .filter(
        (place) =>
          !calls.some(({ path: called, input }) => {
            const isForeign = (at: string) =>
              valuesAt(input, at).some((id) => typeof id === 'string' && !own.has(id));
            return (
              called === path &&
              isForeign(place) &&
              (place === 'organizationId' || !isForeign('organizationId'))
            );
          }),
      )
      .map((place) => `${path} ${place}`),
  );
