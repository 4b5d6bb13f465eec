import { t } from '../../trpc/trpc.ts';
import { document } from './document.ts';
import { hold } from './hold.ts';
import { release } from './release.ts';
import { sell } from './sell.ts';

export const boxOfficeRouter = t.router({ hold, release, sell, document });
