import { t } from '../../trpc/trpc.ts';
import { cancel } from './cancel.ts';
import { document } from './document.ts';
import { get } from './get.ts';
import { importList } from './import-list.ts';
import { list } from './list.ts';
import { mail } from './mail.ts';
import { report } from './report.ts';
import { resume } from './resume.ts';

export const attendeesRouter = t.router({
  import: importList,
  get,
  list,
  cancel,
  resume,
  report,
  document,
  mail,
});
