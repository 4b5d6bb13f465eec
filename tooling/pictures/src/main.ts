import { photograph } from './photograph.ts';
import { writePictures } from './write-pictures.ts';

/** `pnpm pictures [folder]`: what people get from us, to be looked at. */
const [folder = '.data/pictures'] = process.argv.slice(2);
const names = await writePictures(folder);
const missing = await photograph(folder, names, process.env.PATH ?? '');
process.stdout.write(`${names.length} files in ${folder}\n`);
for (const what of missing) process.stdout.write(`left out: ${what}\n`);
