import { InvalidArgumentError } from 'commander'
import { longest, secondsOf, shortest } from '../exhibition/exhibition.js'
import { eras, newestVersion, versionOf } from '../program/history.js'
import { numberText } from '../report/number.js'

/** Reads a whole number within bounds. */
export const wholeNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text)
    if (/^-?\d{1,20}$/.test(text) && value >= least && value <= most) return value
    const bound =
      most === Number.MAX_SAFE_INTEGER
        ? `, ${numberText(least)} or more`
        : ` from ${numberText(least)} to ${numberText(most)}`
    throw new InvalidArgumentError(`It must be a whole number${bound}.`)
  }

/** Checks a version of Python. */
export const pythonVersion = (text: string): string => {
  const version = versionOf(text)
  if (version !== null) return version
  throw new InvalidArgumentError(`It must be a version from ${eras[0]} to ${newestVersion}, such as 3.5 or 3.11.3.`)
}

/** Checks seconds, and leaves them the text that they are: as such they are exact. */
export const seconds = (text: string): string => {
  if (secondsOf(text) !== null) return text
  throw new InvalidArgumentError(
    `It must be 0 or a decimal number of seconds from ${shortest} to ${numberText(longest)}, such as 5, 0.3 or 1e-3.`,
  )
}
