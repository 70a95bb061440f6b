// A property's title holds its seed. Were the seed random, no title of the first run would be found again
// and no mutant would ever be killed.
process.env.SEED ??= '1'

export default {
  packageManager: 'npm',
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutate.config.ts' },
  mutate: ['src/loop/**/*.ts', 'src/persistent/**/*.ts'],
  ignorePatterns: ['reports', 'dist', 'coverage'],
  coverageAnalysis: 'perTest',
  incremental: false,
  concurrency: 2,
  reporters: ['clear-text', 'html', 'json'],
  htmlReporter: { fileName: 'reports/mutation/index.html' },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
}
