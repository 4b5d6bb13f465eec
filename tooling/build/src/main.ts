import { repositoryRoot } from '@eventhorizon/devstack/paths';
import { say } from '@eventhorizon/devstack/say';
import { BUNDLED_APPS, bundleApp } from './bundle.ts';
import { bundleClient } from './client/bundle-client.ts';

/** `tsx src/main.ts <app>` bundles one app into its dist folder; `client` builds the typed client as a package to publish. */
const wanted = process.argv[2];
const app = BUNDLED_APPS.find((name) => name === wanted);
if (wanted === 'client') {
  await bundleClient(`${repositoryRoot}/packages/client/dist`);
  say('built packages/client/dist: publish it from there');
} else if (app === undefined) throw new Error(`which app? ${[...BUNDLED_APPS, 'client'].join(', ')}`);
else {
  await bundleApp(app, `${repositoryRoot}/apps/${app}/dist`);
  say(`bundled apps/${app}/dist/main.js`);
}
