import { repositoryRoot } from '@eventhorizon/devstack/paths';
import { say } from '@eventhorizon/devstack/say';
import { BUNDLED_APPS, bundleApp } from './bundle.ts';

/** `tsx src/main.ts <app>`: bundles one app into its dist folder. */
const app = BUNDLED_APPS.find((name) => name === process.argv[2]);
if (app === undefined) throw new Error(`which app? ${BUNDLED_APPS.join(', ')}`);
await bundleApp(app, `${repositoryRoot}/apps/${app}/dist`);
say(`bundled apps/${app}/dist/main.js`);
