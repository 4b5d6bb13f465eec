import { t } from '../../trpc/trpc.ts';
import { acknowledge } from './acknowledge.ts';
import { listOpen } from './list-open.ts';
import { resolveMismatch } from './resolve-mismatch.ts';

export const incidentsRouter = t.router({ listOpen, resolveMismatch, acknowledge });
