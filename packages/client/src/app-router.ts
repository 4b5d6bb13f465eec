import type { AppRouter as ServedRouter } from '@eventhorizon/api/router/app-router';
import type {
  TRPCBuiltRouter,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server';

type Served = ServedRouter['_def'];
type Bare<D extends { input: unknown; output: unknown }> = {
  input: D['input'];
  output: D['output'];
  meta: object;
};

/** Procedures by their inputs and outputs alone, without what the server gives them. */
type Procedures<R> = {
  [K in keyof R]: R[K] extends TRPCQueryProcedure<infer D>
    ? TRPCQueryProcedure<Bare<D>>
    : R[K] extends TRPCMutationProcedure<infer D>
      ? TRPCMutationProcedure<Bare<D>>
      : R[K] extends TRPCSubscriptionProcedure<infer D>
        ? TRPCSubscriptionProcedure<Bare<D>>
        : Procedures<R[K]>;
};

/** Every procedure of the API. A record of its own, so that a build can write it down in full: see tooling/build/src/client. */
export type ApiProcedures = Procedures<Served['record']>;
export type ApiErrorShape = Served['_config']['$types']['errorShape'];

/** The router as its clients see it: what is called, with what, and what comes back. Nothing of the server's insides. */
export type AppRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: ApiErrorShape; transformer: false },
  ApiProcedures
>;
