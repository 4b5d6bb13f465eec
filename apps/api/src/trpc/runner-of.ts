import { type DomainError, isDomainError } from '@eventhorizon/core/shared/errors';
import { withoutStack } from '@eventhorizon/core/shared/without-stack';
import {
  type AnyProcedure,
  getTRPCErrorFromUnknown,
  type inferProcedureOutput,
  TRPCError,
} from '@trpc/server';
import { z } from 'zod';
import type { Context } from './context.ts';

type Result =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly error: TRPCError };
type Changes = { readonly ctx?: object; readonly input?: unknown; readonly getRawInput?: GetRawInput };
type GetRawInput = () => Promise<unknown>;
type Link = (options: {
  readonly ctx: object;
  readonly input: unknown;
  readonly getRawInput: GetRawInput;
  readonly next: (changes?: Changes) => Promise<Result>;
  readonly path: string;
  readonly type: string;
  readonly meta: unknown;
  readonly signal: undefined;
  readonly batchIndex: number;
}) => Promise<Result>;

const isLink = (value: unknown): value is Link => typeof value === 'function';
const isInputLink = (link: Link): boolean => '_type' in link && link._type === 'input';

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** tRPC's own link for an input, but without zod's asynchronous way, which costs several times the synchronous one. */
const inputLink =
  (schema: z.ZodType): Link =>
  async ({ input, getRawInput, next }) => {
    const read = schema.safeParse(await getRawInput());
    if (!read.success) throw new TRPCError({ code: 'BAD_REQUEST', cause: read.error });
    // Of several inputs, each adds to what those before it gave.
    return next({ input: isRecord(input) && isRecord(read.data) ? { ...input, ...read.data } : read.data });
  };

const listOf = (procedure: AnyProcedure, name: string): readonly unknown[] => {
  const list: unknown = Object.entries(procedure._def).find(([key]) => key === name)?.[1];
  return Array.isArray(list) ? list : [];
};

/** A procedure's middlewares, input parsers and resolver, in their order: what tRPC 11 itself goes through. Throws where there is none. */
const chainOf = (procedure: AnyProcedure, path: string): readonly Link[] => {
  const chain = listOf(procedure, 'middlewares').filter(isLink);
  const schemas = listOf(procedure, 'inputs').filter((parser) => parser instanceof z.ZodType);
  if (chain.length === 0 || chain.filter(isInputLink).length !== schemas.length)
    throw new TypeError(`${path} has no chain to run: has tRPC changed its inside?`);
  const left = schemas.values();
  return chain.map((link) => {
    const schema = isInputLink(link) ? left.next().value : undefined;
    return schema === undefined ? link : inputLink(schema);
  });
};

/** As getTRPCErrorFromUnknown does it, but without writing out the stack of a refusal, which nobody reads: in a rush most answers are refusals. */
const wrapped = (cause: DomainError): TRPCError =>
  withoutStack(() => new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }));

/**
 * Runs a procedure as tRPC does: the same chain of the same checks, with the same errors. Only tRPC 11.22.1 copies all options
 * property by property at each step (`_objectSpread2`), which costs more than the steps do. That both give the same is tested.
 */
export const runnerOf = <P extends AnyProcedure>(procedure: P, path: string) => {
  const chain = chainOf(procedure, path);
  const { type, meta } = procedure._def;
  const step = async (
    index: number,
    ctx: object,
    input: unknown,
    getRawInput: GetRawInput,
  ): Promise<Result> => {
    const link = chain[index];
    if (link === undefined) throw new RangeError(`${path} ends without a result`);
    const next = (changes?: Changes): Promise<Result> =>
      step(
        index + 1,
        changes?.ctx === undefined ? ctx : { ...ctx, ...changes.ctx },
        changes !== undefined && 'input' in changes ? changes.input : input,
        changes?.getRawInput ?? getRawInput,
      );
    try {
      return await link({
        ctx,
        input,
        getRawInput,
        next,
        path,
        type,
        meta,
        signal: undefined,
        batchIndex: 0,
      });
    } catch (cause) {
      return { ok: false, error: isDomainError(cause) ? wrapped(cause) : getTRPCErrorFromUnknown(cause) };
    }
  };
  return async (ctx: Context, getRawInput: GetRawInput): Promise<inferProcedureOutput<P>> => {
    const result = await step(0, ctx, undefined, getRawInput);
    if (!result.ok) throw result.error;
    // The resolver's own result: the last link gave it.
    return result.data as inferProcedureOutput<P>;
  };
};
