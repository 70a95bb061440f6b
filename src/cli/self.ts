/** Whether Simul runs as an installed package; in the repository it runs from its sources. */
export const isInstalled = !import.meta.url.endsWith('.ts')

/** How a reader calls Simul. */
export const self = isInstalled ? 'npx simul' : 'npm run simul --'
