/**
 * The random programs, for tests of your own with fast-check: programs of the modelled subset, steered to where schedulers
 * have had their bugs, and labels that tell from a trace which rare situations a program came into.
 */

export { type ProgramOptions, programs, programTexts } from './oracle/arbitrary-program.js'
export { type Label, labels } from './oracle/label.js'
export { labelsOf } from './oracle/labels.js'
