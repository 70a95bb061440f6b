import type { RuleName } from '../asyncio/rules.js'
import type { Feature } from '../oracle/features.js'
import type { Module } from '../program/syntax.js'
import type { Trace } from '../trace/events.js'

/** The version of the form of a vector. It is raised when files of the old form would be read wrongly. */
export const format = 1

/** A program, and what real CPythons do with it. `fixtures/README.md` is the contract for who replays it. */
export interface Vector {
  /** The name of its file: what it shows, in a few words. */
  readonly name: string
  /** The folder it is in. */
  readonly topic: string
  /** What it shows, in a sentence or two. */
  readonly description: string
  /** What an event loop must have to be asked. */
  readonly features: readonly Feature[]
  /** The rules whose code ran, measured on the model. */
  readonly rules: readonly RuleName[]
  /** The program as Python. */
  readonly text: string
  /** The same program as data. */
  readonly program: Module
  /** What happened, on the oldest version first. Versions on which the very same happened share one. */
  readonly expected: readonly Expected[]
}

/** What happened on some versions of Python. */
export interface Expected {
  /** Full versions, oldest first. */
  readonly versions: readonly string[]
  readonly trace: Trace
}

/** What is expected on a version; undefined where it was not recorded, because the version lacks a feature. */
export const expectedOn = (vector: Vector, version: string): Trace | undefined =>
  vector.expected.find(({ versions }) => versions.includes(version))?.trace

/** The versions on which a vector was recorded, oldest first. */
export const versionsOf = ({ expected }: Vector): readonly string[] => expected.flatMap(({ versions }) => versions)
