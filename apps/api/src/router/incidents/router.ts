import { t } from '../../trpc/trpc.ts';
import { acknowledge } from './acknowledge.ts';
import { list } from './list.ts';
import { resolve } from './resolve.ts';
import { resolveMismatch } from './resolve-mismatch.ts';

export const incidentsRouter = t.router({ list, resolve, resolveMismatch, acknowledge });
