import { t } from '../../trpc/trpc.ts';
import { adopt } from './adopt.ts';
import { extend } from './extend.ts';
import { get } from './get.ts';
import { place } from './place.ts';
import { release } from './release.ts';

export const holdsRouter = t.router({ place, extend, release, adopt, get });
