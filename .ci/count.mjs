// Prints `N passed, N failed, N skipped`, counted from the JUnit report of the last test run.
import { existsSync, readFileSync } from 'node:fs'

const report = new URL('../reports/junit.xml', import.meta.url)

if (!existsSync(report)) {
  console.error('reports/junit.xml is missing: the tests did not run to their end')
  process.exit(1)
}

const suites = readFileSync(report, 'utf8').match(/<testsuite\s[^>]*>/g) ?? []
const total = (attribute) =>
  suites.reduce((sum, suite) => sum + Number(suite.match(new RegExp(`\\s${attribute}="(\\d+)"`))?.[1] ?? 0), 0)

const failed = total('failures') + total('errors')
const skipped = total('skipped')
console.log(`${total('tests') - failed - skipped} passed, ${failed} failed, ${skipped} skipped`)
