import { agreesOnRandomPrograms } from './random-programs.js'

agreesOnRandomPrograms('3.10.2')
