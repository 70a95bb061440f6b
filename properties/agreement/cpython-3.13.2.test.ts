import { agreesOnRandomPrograms } from './random-programs.js'

agreesOnRandomPrograms('3.13.2')
