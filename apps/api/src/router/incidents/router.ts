import { t } from '../../trpc/trpc.ts';
import { acknowledge } from './acknowledge.ts';
import { list } from './list.ts';
import { resolveMismatch } from './resolve-mismatch.ts';

export const incidentsRouter = t.router({ list, resolveMismatch, acknowledge });
