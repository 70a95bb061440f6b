/** The folder of the copies of src in which faults are planted. */
export const plantation = '.mutants'
