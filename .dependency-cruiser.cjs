/** The import rules of ARCHITECTURE.md. Each names its reason; type imports count. */
const aggregateOrder = [
  'shared',
  '(identity|organizations)',
  'venues',
  'events',
  'inventory',
  'waiting-room',
  'pricing',
  'holds',
  'bookings',
  'payments',
  'tickets',
  '(attendees|refunds|notifications|listings|admissions|waitlist|transfers|promotions|referrals|reviews|recommendations|analytics)',
  'flows',
];
/** An aggregate imports only those before it. `identity` and `organizations` are one step, so are "the rest". */
const oneWay = aggregateOrder.slice(0, -1).map((name, i) => ({
  name: `core-one-way-${name.replace(/[()|]/g, '-')}`,
  comment: `core/${name} may not import aggregates that come after it`,
  severity: 'error',
  from: { path: `^packages/core/src/${name}/`, pathNot: '\\.(test|prop\\.test)\\.ts$' },
  to: { path: `^packages/core/src/(${aggregateOrder.slice(i + 1).join('|')})/` },
}));

/** Tests and what only tests use may wire things up as they need. */
const forTests = ['\\.(test|contract)\\.ts$', '/testing/'];

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'cycles hide what depends on what',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'an import that resolves to nothing',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'core-is-pure',
      comment: 'core has no I/O: only zod and other pure libraries',
      severity: 'error',
      from: { path: '^packages/core/src/' },
      to: {
        pathNot: [
          '^packages/core/src/',
          'node_modules/(zod|currency-codes|temporal-polyfill|marked|sanitize-html|@types/sanitize-html|ical.js|fast-check|vitest)/',
        ],
      },
    },
    ...oneWay,
    {
      name: 'adapters-know-core-only',
      comment: 'db and providers are adapters of core and do not know each other or an app',
      severity: 'error',
      from: { path: '^packages/(db|providers)/src/', pathNot: forTests },
      to: { path: '^(packages|apps|tooling)/', pathNot: ['^packages/core/', '^packages/$1/'] },
    },
    {
      name: 'wiring-in-deps-only',
      comment:
        'only the composition root knows adapters: deps.ts of the app itself and the parts it is put together from, not any file of that name',
      severity: 'error',
      from: {
        path: '^apps/(api|worker)/src/',
        pathNot: [
          '^apps/[^/]+/src/((runtime-|foundation-|identity-|inventory-|document-)?deps|main)\\.ts$',
          ...forTests,
        ],
      },
      to: { path: '^packages/(db|providers)/' },
    },
    {
      name: 'clients-know-the-client-only',
      comment: 'cli, web and examples speak to the API through the typed client',
      severity: 'error',
      from: { path: '^(apps/(cli|web)/src|examples)/', pathNot: '\\.(test|int\\.test)\\.ts$' },
      to: { path: '^(packages|apps)/', pathNot: ['^packages/(core|client)/', '^apps/(cli|web)/'] },
    },
    {
      name: 'apps-are-leaves',
      comment: 'nothing imports an app, except for `type AppRouter`',
      severity: 'error',
      from: { path: '^(packages|apps/([^/]+))/', pathNot: forTests },
      to: { path: '^apps/', pathNot: ['^apps/$2/'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|\\.data|\\.tools)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
