import { type Command, InvalidArgumentError } from 'commander'
import { changes, type Override } from '../asyncio/versions.js'
import type { Switches } from '../loop/python.js'

/** Rules of other versions that the model is to follow all the same, and some of its own that it is not to. */
export interface SwitchOptions {
  readonly with?: readonly (keyof Switches)[]
  readonly without?: readonly (keyof Switches)[]
}

/** Adds the options by which a change between versions is turned by itself. */
export const addSwitches = (command: Command): Command =>
  command
    .option('--with <change>', 'follow the newer rule, whatever the version; may be repeated', changeNames)
    .option('--without <change>', 'follow the rule from before a change; may be repeated', changeNames)

const changeNames = (text: string, before: readonly string[] | undefined): readonly string[] => {
  if (text in changes) return [...(before ?? []), text]
  const known = Object.keys(changes).sort()
  const meant = known.filter((name) => name.toLowerCase().includes(text.toLowerCase()))
  throw new InvalidArgumentError(`It must name a change: ${(meant.length === 0 ? known : meant).join(', ')}.`)
}

/** What differs from a version. */
export const overrideOf = ({ with: turnedOn = [], without: turnedOff = [] }: SwitchOptions): Override => ({
  ...Object.fromEntries(turnedOn.map((name) => [name, true])),
  ...Object.fromEntries(turnedOff.map((name) => [name, false])),
})

/** The options once more, as one types them. */
export const switchesText = ({ with: turnedOn = [], without: turnedOff = [] }: SwitchOptions): string =>
  [...turnedOn.map((name) => ` --with ${name}`), ...turnedOff.map((name) => ` --without ${name}`)].join('')
