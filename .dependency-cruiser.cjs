/** Which folders of src each folder may import, besides itself. An entry ending in .ts is that one file. */
const MAY_IMPORT = {
  persistent: [],
  trace: ['persistent'],
  loop: ['persistent', 'trace/events.ts'],
  asyncio: ['loop', 'persistent', 'trace/events.ts'],
  program: ['asyncio', 'loop', 'persistent', 'trace'],
  exhibition: ['program', 'asyncio', 'loop', 'persistent', 'trace'],
  laws: ['trace'],
  schedule: ['loop'],
  explore: ['schedule', 'program', 'laws', 'trace', 'loop'],
  oracle: ['program', 'trace', 'laws', 'schedule', 'loop', 'asyncio/versions.ts'],
  implementations: ['program', 'trace', 'oracle/implementation.ts', 'oracle/features.ts', 'asyncio/versions.ts'],
  report: ['trace', 'laws', 'exhibition', 'oracle'],
}

/** The pure core: it needs neither Node nor any package. */
const PURE = ['persistent', 'trace', 'loop', 'asyncio']

const asPattern = (entry) => (entry.endsWith('.ts') ? `^src/${entry.replace('.', '\\.')}$` : `^src/${entry}/`)

const directions = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `direction-${folder}`,
  comment: `src/${folder} may import only itself and: ${allowed.join(', ') || 'nothing else'}`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: [folder, ...allowed].map(asPattern) },
}))

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'events-import-nothing',
      comment: 'src/trace/events.ts is the vocabulary of the loop and may import nothing',
      severity: 'error',
      from: { path: '^src/trace/events\\.ts$' },
      to: { path: '^src/' },
    },
    {
      name: 'core-is-pure',
      comment: `${PURE.join(', ')} may use neither Node's own modules nor packages`,
      severity: 'error',
      from: { path: `^src/(${PURE.join('|')})/` },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'folder-has-a-direction',
      comment: 'every folder of src needs its line in MAY_IMPORT',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(cli|${Object.keys(MAY_IMPORT).join('|')})/` },
      to: {},
    },
    {
      name: 'src-imports-no-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(properties|bench)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'a module that imports nothing and that nothing imports is dead, unless a run starts at it',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '^src/register\\.mjs$',
          '^src/(index|arbitrary|python)\\.ts$',
          '^src/cli/main\\.ts$',
          '^bench/main\\.ts$',
          '\\.test\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
