import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['properties/**/*.test.ts'],
    globalSetup: ['properties/global-setup.ts'],
    setupFiles: ['properties/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // The files share their modules: in workers of their own they would load the same ones for most of the time.
    isolate: false,
    maxWorkers: 2,
    reporters: ['default', ['junit', { outputFile: 'reports/junit.xml' }]],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // What runs only in a process of its own counts nothing here.
      exclude: ['.mutants/**', 'src/cli/main.ts', 'src/vectors/measure.ts'],
      reportsDirectory: 'reports/coverage',
      reporter: ['text-summary', 'html', 'lcov', 'json-summary'],
      thresholds: { lines: 95, branches: 94, functions: 95, statements: 95 },
    },
  },
})
