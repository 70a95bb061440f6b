import { type RuleName, rules } from '../src/asyncio/rules.js'

/** The name and the sentence of a rule: what a property that cites it has for its title. */
export const rule = (name: RuleName): string => `${name}: ${rules[name].says}`
