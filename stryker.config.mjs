// A property's title holds its seed. Were the seed random, no title of the first run would be found again
// and no mutant would ever be killed.
process.env.SEED ??= '1'

export default {
  packageManager: 'npm',
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutate.config.ts' },
  // rules.ts is a table of texts and value.ts has nothing but types: there is nothing in them to get wrong at run time.
  mutate: ['src/loop/**/*.ts', 'src/persistent/**/*.ts', '!src/loop/rules.ts', '!src/loop/value.ts'],
  // A mutant that loops for ever is given up after twice the time of its tests and two seconds.
  timeoutFactor: 2,
  timeoutMS: 2000,
  ignorePatterns: ['reports', 'dist', 'coverage'],
  coverageAnalysis: 'perTest',
  incremental: false,
  concurrency: 2,
  reporters: ['clear-text', 'html', 'json'],
  htmlReporter: { fileName: 'reports/mutation/index.html' },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
}
