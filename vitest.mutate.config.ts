import { configDefaults, defineConfig } from 'vitest/config'

// Mutation runs leave out what a mutant cannot change: the comparison with CPython and the import rules.
export default defineConfig({
  test: {
    include: ['properties/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'properties/agreement/**', 'properties/architecture/**'],
    globalSetup: ['properties/global-setup.ts'],
    setupFiles: ['properties/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: { enabled: false },
  },
})
