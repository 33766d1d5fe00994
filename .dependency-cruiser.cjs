/** In the order in which they may know each other: a feature imports only features before it. */
const FEATURES = [
  'audit',
  'clinics',
  'accounts',
  'services',
  'patients',
  'schedules',
  'appointments',
  'waitlist',
  'visits',
  'attachments',
  'prescriptions',
  'billing',
  'checkouts',
  'earnings',
  'notifications',
  'partners',
  'reports',
];

const TESTS = '\\.(test|spec)\\.ts$';
const ORM = '^node_modules/(@mikro-orm|kysely|pg|pg-boss)(/|$)';
const GRAPHQL = '^node_modules/(graphql|type-graphql|graphql-[^/]+|@graphql-tools|@apollo|@as-integrations)(/|$)';

const layers = [
  {
    name: 'platform-knows-nobody',
    comment: 'The platform knows no clinic words: it could serve any other house.',
    from: { path: '^api/src/platform/' },
    to: { path: '^api/src/(access|features|app|cli)/' },
  },
  {
    name: 'access-before-features',
    comment: 'Who is asking is settled before, and without knowing, what is asked for.',
    from: { path: '^api/src/access/' },
    to: { path: '^api/src/(features|app|cli)/' },
  },
  {
    name: 'features-before-app',
    comment: 'The app is the composition root: it alone knows every feature, and no feature knows it.',
    from: { path: '^api/src/features/' },
    to: { path: '^api/src/(app|cli)/' },
  },
  {
    name: 'server-before-commands',
    comment: 'Commands are ways in, beside HTTP; nothing of the server depends on them.',
    from: { path: '^api/src/(app|main\\.ts|worker\\.ts)' },
    to: { path: '^api/src/cli/' },
  },
  {
    name: 'source-without-tests',
    comment: 'What runs in production needs nothing that only tests have.',
    from: { path: '^(api|web)/src/', pathNot: TESTS },
    to: { path: [TESTS, '^api/test/', '^web/(test|e2e)/'] },
  },
];

const order = FEATURES.slice(0, -1).map((feature, index) => ({
  name: `${feature}-before-later-features`,
  comment:
    'A workflow lives in the later of the features it joins. An earlier one declares a port that app/ connects, or ' +
    'records an event: otherwise two features could not be understood one after the other.',
  from: { path: `^api/src/features/${feature}/` },
  to: { path: `^api/src/features/(${FEATURES.slice(index + 1).join('|')})/` },
}));

const features = [
  {
    name: 'features-by-their-door',
    comment: 'index.ts says what a feature offers to others; everything else in its folder can change alone.',
    from: { path: '^api/src/features/([^/]+)/' },
    to: { path: '^api/src/features/[^/]+/', pathNot: ['^api/src/features/$1/', '^api/src/features/[^/]+/index\\.ts$'] },
  },
  {
    name: 'transactions-in-services',
    comment:
      'One use case is one transaction: only a service opens it, so that what is atomic can be seen in one place.',
    from: { path: '^api/src/', pathNot: ['\\.service\\.ts$', '^api/src/platform/db/', TESTS] },
    to: { path: '^api/src/platform/db/transaction\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'sql-in-queries',
    comment: 'Whoever tunes an index, a policy or a plan finds every statement in the files named queries.',
    from: {
      path: '^api/src/(access|features|app)/',
      pathNot: ['\\.queries\\.ts$', '^api/src/features/reports/', TESTS],
    },
    to: {
      path: ['^node_modules/(kysely|pg)/', '^api/src/platform/db/query-builder\\.ts$'],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'domain-is-pure',
    comment:
      'The rules of the clinic are decided without tables and without an API, so that they can be read and tested.',
    from: { path: '\\.domain\\.ts$' },
    to: {
      path: [ORM, GRAPHQL, '^api/src/platform/(db|graphql)/', '\\.(entity|queries|service|type|inputs|resolver)\\.ts$'],
    },
  },
  {
    name: 'resolvers-without-tables',
    comment: 'A resolver wires a field to one call; whose row it is, the database decides, and which rows, a query.',
    from: { path: '\\.resolver\\.ts$' },
    to: { path: [ORM, '^api/src/platform/db/', '\\.entity\\.ts$'] },
  },
];

const web = [
  {
    name: 'ui-without-data',
    comment: 'web/src/ui shows what it is given: it can be shown and tested without a server and without a clinic.',
    from: { path: '^web/src/ui/' },
    to: {
      path: ['^web/src/(gql|features|app|layouts)/', '^node_modules/(@apollo|@vue/apollo-composable|graphql)(/|$)'],
    },
  },
  {
    name: 'web-without-api',
    comment: 'The web is a client like any other: what it can do, a partner can do, through the schema alone.',
    from: { path: '^web/(src|doors|vite)' },
    to: { path: '^api/' },
  },
  {
    name: 'api-without-web',
    comment: 'The server serves the built files and knows nothing of their source.',
    from: { path: '^api/src/' },
    to: { path: '^web/' },
  },
  {
    name: 'partner-client-alone',
    comment: 'Partners copy schema/client into their own house: it brings all it needs, and knows nothing of this one.',
    from: { path: '^schema/client/' },
    to: { pathNot: ['^schema/client/', '^node_modules/graphql-ws/'] },
  },
];

const everywhere = [
  {
    name: 'no-cycles',
    comment:
      'Types included: two decorated classes that import each other crash when ES modules are loaded. ' +
      'A page that is loaded when it is visited may lead back to the router that loads it.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
  },
  {
    name: 'only-what-is-installed-in-production',
    comment: 'The image is built without development dependencies.',
    from: { path: '^api/(src|migrations)/', pathNot: TESTS },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'only-what-package-json-names',
    comment: 'A package that came along with another one goes, or changes, with its next version.',
    from: { path: '^(api|web|schema/tools)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
];

module.exports = {
  forbidden: [...layers, ...order, ...features, ...web, ...everywhere].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/(dist|doors/dist|node_modules)/|\\.d\\.ts$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.vue', '.json'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
