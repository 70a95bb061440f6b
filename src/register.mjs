import { register } from 'node:module'
import { fileURLToPath } from 'node:url'

process.env.TS_NODE_PROJECT ??= fileURLToPath(new URL('../tsconfig.json', import.meta.url))

// Loaders share a thread of their own; there alone, hide what newer Nodes say about ts-node's use of fs.Stats.
const quiet = 'data:text/javascript,process.noDeprecation = true'
register(quiet)

// `ts-node --esm` fails on Node 20 and later; its loader, registered by hand, works.
register('ts-node/esm/transpile-only', import.meta.url)
