import { t } from '../../trpc/trpc.ts';
import { get } from './get.ts';
import { join } from './join.ts';
import { letEverybodyIn } from './let-everybody-in.ts';
import { look } from './look.ts';
import { open } from './open.ts';
import { pause } from './pause.ts';
import { resume } from './resume.ts';
import { setRate } from './set-rate.ts';

export const waitingRoomRouter = t.router({ join, look, get, open, pause, resume, setRate, letEverybodyIn });
