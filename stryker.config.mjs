// The same cases for every mutant: whether one is killed must not be chance.
process.env.SEED ??= '1'

export default {
  packageManager: 'npm',
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutate.config.ts' },
  // The files of rules are tables of texts and value.ts has nothing but types: there is nothing in them to get wrong at run
  // time. That versions.ts is right only the builds can say, and they are not asked here.
  mutate: [
    'src/{loop,asyncio,persistent}/**/*.ts',
    '!src/{loop,asyncio}/*rules*.ts',
    '!src/loop/value.ts',
    '!src/asyncio/{versions,changes-of-texts}.ts',
  ],
  // A mutant that loops for ever is given up after twice the time of its tests and five seconds.
  timeoutFactor: 2,
  timeoutMS: 5000,
  ignorePatterns: ['reports', 'dist', 'coverage', 'bench', '.mutants'],
  coverageAnalysis: 'perTest',
  // What is computed when a module is loaded, such as the table of classes, needs all properties for every mutant: four
  // fifths of the time. `STATIC=1 npm run mutate -- --mutate src/loop/exception.ts` tries it, for one file say.
  ignoreStatic: process.env.STATIC === undefined,
  incremental: false,
  concurrency: 2,
  reporters: ['clear-text', 'html', 'json'],
  htmlReporter: { fileName: 'reports/mutation/index.html' },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
}
