import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Mutation runs use the fast properties only: those of the kernel, its data structures and the library, the vectors, and what
// the builds have told of random programs.
export default defineConfig({
  resolve: { alias: { '@fast-check/vitest': fileURLToPath(new URL('properties/mutation/prop.ts', import.meta.url)) } },
  test: {
    include: [
      'properties/{persistent,loop,asyncio}/**/*.test.ts',
      'properties/vectors/replay.test.ts',
      'properties/mutation/answers.ts',
    ],
    globalSetup: ['properties/global-setup.ts'],
    setupFiles: ['properties/mutation/setup.ts'],
    testTimeout: 10_000,
    hookTimeout: 10_000,
    // Of a minute that all files would take in workers of their own, most would go into loading the same modules again.
    isolate: false,
    coverage: { enabled: false },
  },
})
